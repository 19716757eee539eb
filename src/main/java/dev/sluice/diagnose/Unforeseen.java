package dev.sluice.diagnose;

import java.util.Arrays;
import java.util.Optional;

import dev.sluice.oci.RegistryException;

/**
 * Puts a failure in words: a foreseen one has its own. Of one that nobody foresaw, which
 * is Sluice's own fault, its kind and its place are told, as a report of it needs them;
 * its message isn't, for what stands in it nobody has made safe.
 */
public final class Unforeseen {

	private static final String OURS = "dev.sluice.";

	private Unforeseen() {
	}

	/**
	 * Puts it in words.
	 * @param failure any
	 * @return what is shown of it
	 */
	public static String words(Throwable failure) {
		if (failure instanceof RegistryException foreseen) {
			return String.valueOf(foreseen.getMessage());
		}
		return "Sluice itself failed at this, which is a fault of its own; please report it as: "
				+ failure.getClass().getSimpleName() + place(failure).map((place) -> " at " + place).orElse("");
	}

	private static Optional<String> place(Throwable failure) {
		return Arrays.stream(failure.getStackTrace())
			.filter((frame) -> frame.getClassName().startsWith(OURS))
			.findFirst()
			.map((frame) -> frame.getClassName().substring(OURS.length()) + " line " + frame.getLineNumber());
	}

}
