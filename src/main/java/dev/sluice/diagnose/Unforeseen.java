package dev.sluice.diagnose;

import java.util.Arrays;
import java.util.Optional;

import dev.sluice.oci.OwnFault;
import dev.sluice.oci.RegistryException;

/**
 * Puts a failure in words: a foreseen one has its own. An unforeseen one is Sluice's own
 * fault: its kind and its place are told, which a report of it needs, but not its
 * message, which may quote a secret.
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
		if (failure instanceof OwnFault fault) {
			return words(fault.unforeseen());
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
