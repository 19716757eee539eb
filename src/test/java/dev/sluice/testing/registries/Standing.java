package dev.sluice.testing.registries;

/** What a server makes of the login that came with a request. */
public enum Standing {

	/** There was none. */
	NOBODY,

	/** It is accepted. */
	GOOD,

	/** It is unknown. */
	WRONG,

	/** It was good once. */
	EXPIRED

}
