package dev.sluice.matrix;

import dev.sluice.testing.registries.Condition;
import dev.sluice.testing.registries.Form;
import dev.sluice.testing.registries.Offer;
import dev.sluice.testing.registries.Personality;

/**
 * A credential to keep for a registry, under a name of the registry that no other
 * credential has. Immutable.
 *
 * @param upstream the index of the registry's settings
 * @param personality the registry
 * @param condition what has become of the credential
 * @param form what it is made of
 * @param kept the credential in all conditions
 */
record Entry(int upstream, Personality personality, Condition condition, Form form, Offer.Kept kept) {

	/** What clients name the registry: as in life where the credential is right. */
	String host() {
		return host(this.personality, this.condition);
	}

	static String host(Personality personality, Condition condition) {
		return switch (condition) {
			case RIGHT -> personality.host();
			case WRONG -> "wrong." + personality.host();
			case EXPIRED -> "expired." + personality.host();
		};
	}

	/** The key under which Docker keeps it. */
	String key() {
		return (this.condition == Condition.RIGHT) ? this.personality.credentialKey() : host();
	}

	String username() {
		return this.kept.username();
	}

	String secret() {
		return this.kept.secret(this.condition);
	}

	@Override
	public String toString() {
		return "Entry[" + host() + "]";
	}

}
