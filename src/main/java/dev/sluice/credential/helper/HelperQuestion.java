package dev.sluice.credential.helper;

import dev.sluice.oci.Printable;

/**
 * What a helper is asked. Immutable.
 *
 * @param helper the helper's name as it was written, without {@code docker-credential-}
 * @param server the server address, as the Docker CLI gives it to helpers
 */
public record HelperQuestion(String helper, String server) {

	@Override
	public String toString() {
		return program(this.helper) + " for " + Printable.of(this.server);
	}

	/**
	 * A helper's program, for messages.
	 * @param helper the helper's name
	 * @return the program's name on one line
	 */
	static String program(String helper) {
		return HelperPath.PREFIX + Printable.of(helper);
	}

}
