package dev.sluice.token;

import dev.sluice.oci.RegistryException;

/**
 * What a token server answered. Immutable.
 */
sealed interface TokenAnswer {

	/**
	 * A token.
	 *
	 * @param token the token
	 */
	record Issued(Token token) implements TokenAnswer {
	}

	/**
	 * Anything else.
	 *
	 * @param status the status
	 * @param reason what it means
	 */
	record Refused(int status, RegistryException reason) implements TokenAnswer {
	}

}
