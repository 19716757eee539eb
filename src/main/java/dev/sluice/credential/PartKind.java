package dev.sluice.credential;

/** What the parts of a credential are. */
public enum PartKind {

	/** The user name, for Basic and beside an identity token. */
	USERNAME("user name"),

	/** The password that goes with it. */
	PASSWORD("password"),

	/** An OAuth2 refresh token. */
	IDENTITY_TOKEN("identity token"),

	/** A bearer token that is sent as it is. */
	REGISTRY_TOKEN("registry token");

	private final String words;

	PartKind(String words) {
		this.words = words;
	}

	/**
	 * For messages.
	 * @return what it is called
	 */
	public String words() {
		return this.words;
	}

}
