package dev.sluice.credential;

import java.util.Map;

import dev.sluice.oci.Provenance;

/**
 * A credential and where it came from. Immutable.
 *
 * @param credential who we are
 * @param headers further headers that the source wants sent to that registry's endpoint
 * (Docker's {@code HttpHeaders}), and to no other origin; their values may be secret
 * @param source the source in words for logs and errors, without any secret, such as
 * {@code docker config /root/.docker/config.json (ghcr.io)}
 * @param remedy what to do where it is rejected, the end of a sentence
 * @param lasting whether the source gives the same identity other credentials from time
 * to time, as clouds do
 */
public record Login(Credential credential, Map<String, String> headers, String source, String remedy, boolean lasting) {

	/** For what {@code docker login} and the like write. */
	public static final String LOG_IN = "log in again";

	/** Nobody: what applies where no source has a credential. */
	public static final Login ANONYMOUS = new Login(new Credential.Anonymous(), Map.of(), Provenance.NOBODY);

	public Login {
		headers = Map.copyOf(headers);
	}

	/**
	 * A login that is another one when its credential is.
	 * @param credential who we are
	 * @param headers further headers
	 * @param source where it came from
	 * @param remedy what to do where it is rejected
	 */
	public Login(Credential credential, Map<String, String> headers, String source, String remedy) {
		this(credential, headers, source, remedy, false);
	}

	/**
	 * A login that somebody has written down, and that logging in doesn't change.
	 * @param credential who we are
	 * @param headers further headers
	 * @param source where it came from
	 */
	public Login(Credential credential, Map<String, String> headers, String source) {
		this(credential, headers, source, "replace it there");
	}

	/**
	 * What is left of it where its credential isn't shown.
	 * @return the same with its further headers alone
	 */
	public Login unshown() {
		return new Login(ANONYMOUS.credential(), this.headers, this.source, this.remedy, this.lasting);
	}

	public boolean isAnonymous() {
		return this.credential instanceof Credential.Anonymous;
	}

	@Override
	public String toString() {
		return "Login[" + this.source + "]";
	}

}
