package dev.sluice.testing.registries;

/** What people keep for a registry in one form, or why nobody does. */
public sealed interface Offer {

	/**
	 * A login or a token.
	 *
	 * @param username the user name, empty for none
	 * @param right the password or token
	 * @param wrong one that never was accepted
	 * @param expired one that is no longer
	 */
	record Kept(String username, String right, String wrong, String expired) implements Offer {

		/** The secret in this condition. */
		public String secret(Condition condition) {
			return switch (condition) {
				case RIGHT -> this.right;
				case WRONG -> this.wrong;
				case EXPIRED -> this.expired;
			};
		}

		Standing standing(String secret) {
			if (secret.equals(this.right)) {
				return Standing.GOOD;
			}
			return secret.equals(this.expired) ? Standing.EXPIRED : Standing.WRONG;
		}

		@Override
		public String toString() {
			return "Kept[" + this.username + "]";
		}

	}

	/**
	 * There is no such thing.
	 *
	 * @param reason why, in a few words
	 */
	record None(String reason) implements Offer {
	}

	/** A user's secret, and others that differ from it. */
	static Kept kept(String username, String secret) {
		return new Kept(username, secret, "wrong-" + secret, "expired-" + secret);
	}

	/** Nobody keeps one. */
	static None none(String reason) {
		return new None(reason);
	}

}
