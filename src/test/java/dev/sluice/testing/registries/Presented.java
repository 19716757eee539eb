package dev.sluice.testing.registries;

/** What came in the {@code Authorization} of a request to a registry's API. */
public enum Presented {

	/** None came. */
	NOTHING,

	/** A token that covers what is asked. */
	GOOD_TOKEN,

	/** A valid token for something else. */
	OTHER_TOKEN,

	/** An unknown or expired token. */
	BAD_TOKEN,

	/** A user name and password that are right. */
	GOOD_LOGIN,

	/** A user name and password that are wrong. */
	WRONG_LOGIN,

	/** A user name and password that were right once. */
	EXPIRED_LOGIN;

	/** Whether a token came, of whatever worth. */
	public boolean isToken() {
		return this == GOOD_TOKEN || this == OTHER_TOKEN || this == BAD_TOKEN;
	}

	static Presented login(Standing standing) {
		return switch (standing) {
			case GOOD -> GOOD_LOGIN;
			case EXPIRED -> EXPIRED_LOGIN;
			case WRONG, NOBODY -> WRONG_LOGIN;
		};
	}

}
