package dev.sluice.testing.registries;

/** What a kept credential is made of. */
public enum Form {

	/** A user name and a password, whatever the registry calls it. */
	LOGIN,

	/** An OAuth2 refresh token, perhaps with a user name. */
	IDENTITY_TOKEN,

	/** A bearer token that is sent as it is. */
	REGISTRY_TOKEN

}
