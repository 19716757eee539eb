package dev.sluice.credential;

import java.util.Map;

/**
 * A credential and where it came from. Immutable.
 *
 * @param credential who we are
 * @param headers further headers that the source wants sent to that registry's endpoint
 * (Docker's {@code HttpHeaders}), and to no other origin; their values may be secret
 * @param source the source in words for logs and errors, without any secret, such as
 * {@code docker config /root/.docker/config.json (ghcr.io)}
 */
public record Login(Credential credential, Map<String, String> headers, String source) {

	/** Nobody: what applies where no source has a credential. */
	public static final Login ANONYMOUS = new Login(new Credential.Anonymous(), Map.of(), "no credential");

	public Login {
		headers = Map.copyOf(headers);
	}

	public boolean isAnonymous() {
		return this.credential instanceof Credential.Anonymous;
	}

	@Override
	public String toString() {
		return "Login[" + this.source + "]";
	}

}
