package dev.sluice.upstream;

import java.util.List;

import dev.sluice.credential.Login;
import dev.sluice.oci.Provenance;
import dev.sluice.oci.RegistryName;
import dev.sluice.token.Authorization;
import dev.sluice.transport.Origin;
import dev.sluice.transport.TransportSettings;
import org.jspecify.annotations.Nullable;

/**
 * A registry that we pull from: its settings. Immutable.
 *
 * @param name the name that clients use
 * @param endpoints where its API is, at least one; the first is used
 * @param credentialHost the host whose credential its endpoints get, or null for each
 * endpoint's own
 * @param redirects what is done with a blob's redirect
 * @param catalog whether {@code _catalog} is served
 * @param transport how connections are made
 */
public record Upstream(RegistryName name, List<Origin> endpoints, @Nullable RegistryName credentialHost,
		RedirectPolicy redirects, boolean catalog, TransportSettings transport) {

	public Upstream {
		endpoints = List.copyOf(endpoints);
		if (endpoints.isEmpty()) {
			throw new IllegalArgumentException("upstream " + name + " has no endpoint");
		}
	}

	public Origin endpoint() {
		return this.endpoints.getFirst();
	}

	/**
	 * The host under which its credential is kept.
	 * @return the configured one, else the endpoint's host without the root's dot, with a
	 * port that isn't the scheme's own; the upstream's name where that is no registry's
	 */
	public RegistryName loginHost() {
		if (this.credentialHost != null) {
			return this.credentialHost;
		}
		String authority = endpoint().authority().replace(".:", ":");
		String host = authority.endsWith(".") ? authority.substring(0, authority.length() - 1) : authority;
		return RegistryName.tryParse(host).orElse(this.name);
	}

	/**
	 * Where an answer of its endpoint comes from.
	 * @param login as whom it is asked
	 * @param sent what is shown of that
	 * @return the provenance
	 */
	Provenance provenance(Login login, Authorization sent) {
		return sent.equals(Authorization.NONE) && !login.isAnonymous()
				? new Provenance(endpoint().toString(), login.source(), false) : provenance(login);
	}

	/**
	 * The same where the login is shown, be it to a token server.
	 * @param login as whom it is asked
	 * @return the provenance
	 */
	Provenance provenance(Login login) {
		return new Provenance(endpoint().toString(), login.source(), true);
	}

	/** What is done with a redirect of a blob. */
	public enum RedirectPolicy {

		/** Sluice follows it. */
		FOLLOW,
		/** The client gets it. */
		PASS

	}

}
