package dev.sluice.transport;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * How connections of one upstream are made. Immutable.
 *
 * @param tls trust and identity
 * @param connectTimeout the most a connection (with its TLS handshake) may take
 * @param responseTimeout the most that may pass before an answer's first byte
 * @param idleTimeout the most that may pass between two reads while we want more
 * @param poolSize connections at most, for each origin
 * @param pendingLimit requests that may wait for a connection, for each origin; one more
 * is {@link dev.sluice.oci.OverloadException.Overloaded}
 * @param proxy the egress proxy, or null for
 * {@code HTTPS_PROXY}/{@code HTTP_PROXY}/{@code NO_PROXY}
 * @param headers further headers, for the upstream's own origin alone
 * @param allowHosts host names that the address guard lets pass
 * @param allowNetworks addresses and CIDRs that it lets pass
 */
public record TransportSettings(Tls tls, Duration connectTimeout, Duration responseTimeout, Duration idleTimeout,
		int poolSize, int pendingLimit, @Nullable EgressProxy proxy, Map<String, String> headers,
		Set<String> allowHosts, Set<String> allowNetworks) {

	/**
	 * The defaults.
	 * @return settings that work with a public registry
	 */
	public static TransportSettings defaults() {
		return new TransportSettings(Tls.DEFAULT, Duration.ofSeconds(10), Duration.ofSeconds(30),
				Duration.ofSeconds(60), 256, 1024, null, Map.of(), Set.of(), Set.of());
	}

	/**
	 * The same with further exceptions to the address guard.
	 * @param networks addresses and CIDRs
	 * @return settings that let them pass too
	 */
	public TransportSettings allowing(Set<String> networks) {
		Set<String> all = new HashSet<>(this.allowNetworks);
		all.addAll(networks);
		return new TransportSettings(this.tls, this.connectTimeout, this.responseTimeout, this.idleTimeout,
				this.poolSize, this.pendingLimit, this.proxy, this.headers, this.allowHosts, Set.copyOf(all));
	}

	/** Leaves the headers' values out: they may be secret. */
	@Override
	public String toString() {
		return "TransportSettings[" + this.tls + ", connect=" + this.connectTimeout + ", response="
				+ this.responseTimeout + ", idle=" + this.idleTimeout + ", pool=" + this.poolSize + "+"
				+ this.pendingLimit + ", proxy=" + this.proxy + ", headers=" + this.headers.keySet() + "]";
	}

	/**
	 * Trust and identity.
	 *
	 * @param certificateAuthority a PEM file trusted beside the system's roots, or null
	 * @param certificate the client certificate's PEM chain, or null; for the upstream's
	 * own origin alone
	 * @param key its PEM key (PKCS#8), or null
	 * @param skipVerify whether the certificate is not checked; for the upstream's own
	 * origin alone
	 */
	public record Tls(@Nullable Path certificateAuthority, @Nullable Path certificate, @Nullable Path key,
			boolean skipVerify) {

		public static final Tls DEFAULT = new Tls(null, null, null, false);

	}

	/**
	 * An egress proxy (HTTP CONNECT).
	 *
	 * @param host its host
	 * @param port its port
	 * @param username for its Basic login, or null
	 * @param password for its Basic login, or null
	 * @param noProxy hosts reached directly: names, {@code .suffix}es, addresses, CIDRs,
	 * {@code *}
	 */
	public record EgressProxy(String host, int port, @Nullable String username, @Nullable String password,
			Set<String> noProxy) {

		@Override
		public String toString() {
			return this.host + ":" + this.port;
		}

	}

}
