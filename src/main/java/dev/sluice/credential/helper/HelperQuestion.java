package dev.sluice.credential.helper;

import java.util.Set;

import dev.sluice.credential.Login;
import dev.sluice.oci.Printable;

/**
 * What a helper is asked. Immutable.
 *
 * @param helper the helper's name as it was written, without {@code docker-credential-}
 * @param server the server address, as the Docker CLI gives it to helpers
 */
public record HelperQuestion(String helper, String server) {

	/** Those that {@code docker login} writes to; others get logins elsewhere. */
	private static final Set<String> KEYCHAINS = Set.of("desktop", "osxkeychain", "pass", "secretservice", "wincred");

	/**
	 * What to do where what it gives is rejected.
	 * @return the end of a sentence
	 */
	public String remedy() {
		return KEYCHAINS.contains(this.helper) ? Login.LOG_IN : "see what " + program(this.helper) + " gives";
	}

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
