package dev.sluice.credential.cloud;

import java.time.Instant;

import dev.sluice.credential.Credential;

/**
 * What came of asking a cloud for a credential. Immutable; shows no secret.
 */
public sealed interface Issue {

	/**
	 * A credential.
	 *
	 * @param credential the credential
	 * @param end when it expires
	 */
	record Granted(Credential credential, Instant end) implements Issue {
	}

	/**
	 * There is no such identity here.
	 *
	 * @param why in words, without any secret
	 */
	record Absent(String why) implements Issue {
	}

	/**
	 * There is one, but no credential is to be had.
	 *
	 * @param message the cause and what to do, without any secret
	 */
	record Failed(String message) implements Issue {
	}

}
