package dev.sluice.credential.kubernetes;

/** What one look at a secret showed. Immutable; printing one shows no content. */
sealed interface SecretReading {

	/**
	 * Tells what was seen from something else, without keeping it.
	 * @return equal for equal readings
	 */
	String fingerprint();

	/** There is none. */
	record Absent() implements SecretReading {

		@Override
		public String fingerprint() {
			return "absent";
		}

	}

	/**
	 * There is one.
	 *
	 * @param content what is in it
	 */
	record Found(SecretContent content) implements SecretReading {

		@Override
		public String fingerprint() {
			return this.content.fingerprint();
		}

	}

	/**
	 * There is one, but it can't be read.
	 *
	 * @param source the secret in words
	 * @param cause why, as the rest of a sentence that begins with the secret and a colon
	 */
	record Unreadable(String source, String cause) implements SecretReading {

		@Override
		public String fingerprint() {
			return this.cause;
		}

	}

}
