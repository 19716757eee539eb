package dev.sluice.credential.given;

/** What the parts of a credential are. */
public enum PartKind {

	/** The user name, for Basic and beside an identity token. */
	USERNAME,

	/** The password that goes with it. */
	PASSWORD,

	/** An OAuth2 refresh token. */
	IDENTITY_TOKEN,

	/** A bearer token that is sent as it is. */
	REGISTRY_TOKEN

}
