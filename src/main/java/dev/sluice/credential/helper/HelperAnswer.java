package dev.sluice.credential.helper;

import dev.sluice.credential.Credential;

/** What came of asking a helper. Immutable; printing one shows no secret. */
sealed interface HelperAnswer {

	/**
	 * It has a login.
	 *
	 * @param credential the login
	 */
	record Found(Credential credential) implements HelperAnswer {
	}

	/** It has none, which is no error. */
	record None() implements HelperAnswer {
	}

	/**
	 * It can't be run here: it isn't installed, or has no name that a helper can have.
	 */
	record Missing() implements HelperAnswer {
	}

	/**
	 * It says that it isn't set up for the user that Sluice runs as.
	 *
	 * @param words its words, fit for a log
	 */
	record NotSetUp(String words) implements HelperAnswer {
	}

	/**
	 * It failed.
	 *
	 * @param message what happened and what to do, without a secret
	 */
	record Failed(String message) implements HelperAnswer {
	}

	/** It wasn't asked: too many others are being. */
	record Busy() implements HelperAnswer {
	}

}
