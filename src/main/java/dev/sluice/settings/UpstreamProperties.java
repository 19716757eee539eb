package dev.sluice.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.sluice.credential.CredentialText;
import dev.sluice.upstream.Upstream.RedirectPolicy;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * The settings of one upstream, an entry of {@code sluice.upstreams}. Immutable.
 *
 * @param name the registry's name as clients write it, {@code host[:port]}
 * @param endpoints where its API is, {@code http(s)://host[:port]}; one, or none for
 * {@code https://<name>}
 * @param aliases further first path segments that mean it
 * @param hosts {@code Host} headers that mean it
 * @param credentialHost the host whose credential its endpoints get, instead of their own
 * @param credential who we are at its endpoints, given in parts
 * @param redirects whether Sluice follows a blob's redirect or hands it to the client
 * @param catalog whether {@code _catalog} is served
 * @param tls trust and identity
 * @param timeouts how long to wait
 * @param pool how many connections
 * @param proxy the egress proxy
 * @param headers further headers, for its endpoints alone
 * @param allowHosts host names that its realms and redirects may have, whatever their
 * address
 * @param allowNetworks addresses and CIDRs that they may have, beside those that its
 * registry's own reach admits
 */
public record UpstreamProperties(String name, @DefaultValue List<String> endpoints, @DefaultValue Set<String> aliases,
		@DefaultValue Set<String> hosts, @Nullable String credentialHost, @Nullable Credential credential,
		@DefaultValue("follow") RedirectPolicy redirects, @DefaultValue("false") boolean catalog, @DefaultValue Tls tls,
		@DefaultValue Timeouts timeouts, @DefaultValue Pool pool, @Nullable Proxy proxy,
		@DefaultValue Map<String, String> headers, @DefaultValue Set<String> allowHosts,
		@DefaultValue Set<String> allowNetworks) {

	/** A YAML block ends its text with a line's end, which no header has. */
	public UpstreamProperties {
		headers = headers.entrySet()
			.stream()
			.collect(Collectors.toUnmodifiableMap(Map.Entry::getKey,
					(header) -> CredentialText.withoutLineEnd(header.getValue())));
	}

	/** The name alone: headers may be secret. */
	@Override
	public String toString() {
		return "UpstreamProperties[" + this.name + "]";
	}

	/**
	 * Who we are at its endpoints: exactly one of a user name with a password, an
	 * identity token, a registry token. Each part is given here or in a file.
	 *
	 * @param username the user name
	 * @param usernameFile the file that holds it
	 * @param password the password
	 * @param passwordFile the file that holds it
	 * @param identityToken the OAuth2 refresh token
	 * @param identityTokenFile the file that holds it
	 * @param registryToken the bearer token that is sent as it is
	 * @param registryTokenFile the file that holds it
	 */
	public record Credential(@Nullable String username, @Nullable Path usernameFile, @Nullable String password,
			@Nullable Path passwordFile, @Nullable String identityToken, @Nullable Path identityTokenFile,
			@Nullable String registryToken, @Nullable Path registryTokenFile) {

		@Override
		public String toString() {
			return "[redacted]";
		}

	}

	/**
	 * Trust and identity.
	 *
	 * @param certificateAuthority a PEM file trusted beside the system's roots
	 * @param certificate the client certificate's PEM file
	 * @param key its PEM key file
	 * @param skipVerify whether the endpoints' certificates are not checked
	 */
	public record Tls(@Nullable Path certificateAuthority, @Nullable Path certificate, @Nullable Path key,
			@DefaultValue("false") boolean skipVerify) {
	}

	/**
	 * How long to wait.
	 *
	 * @param connect for a connection, its TLS handshake included
	 * @param response for an answer's first byte
	 * @param idle for the next bytes of an answer
	 */
	public record Timeouts(@DefaultValue("10s") Duration connect, @DefaultValue("30s") Duration response,
			@DefaultValue("60s") Duration idle) {
	}

	/**
	 * How many connections.
	 *
	 * @param size connections at most, for each host
	 * @param pending requests that may wait for one
	 */
	public record Pool(@DefaultValue("256") int size, @DefaultValue("1024") int pending) {
	}

	/**
	 * The egress proxy, instead of {@code HTTPS_PROXY} and its like.
	 *
	 * @param url {@code http://[user:password@]host[:port]}
	 * @param noProxy hosts reached directly
	 */
	public record Proxy(@Nullable String url, @Name("no-proxy") @DefaultValue Set<String> noProxy) {

		/** Without the address, which may have a login in it. */
		@Override
		public String toString() {
			return "Proxy" + this.noProxy;
		}

	}

}
