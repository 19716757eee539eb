package dev.sluice.testing.registries;

/** What has become of a kept credential. */
public enum Condition {

	/** It is accepted. */
	RIGHT,

	/** It never was. */
	WRONG,

	/** It was once. */
	EXPIRED

}
