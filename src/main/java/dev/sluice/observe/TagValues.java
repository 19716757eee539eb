package dev.sluice.observe;

import java.util.HashSet;
import java.util.Set;

/**
 * The values of a meter's tag that others may choose: those that come first keep their
 * names, and the rest is one value, so that nobody can make meters without end.
 * Thread-safe; holds 200 values at most, of 253 characters each.
 */
final class TagValues {

	private static final String OTHER = "other";

	private static final int MOST = 200;

	/** A host's name is no longer (RFC 1035, 2.3.4). */
	private static final int LONGEST = 253;

	private final Set<String> known = new HashSet<>();

	/**
	 * A status as a value.
	 * @param status whatever came for one
	 * @return the status; {@code other} unless it is one (RFC 9110, 15)
	 */
	static String ofStatus(int status) {
		return (status >= 100 && status <= 599) ? Integer.toString(status) : OTHER;
	}

	/**
	 * The value to count something by.
	 * @param value its own
	 * @return the same, or {@code other}
	 */
	synchronized String bounded(String value) {
		if (this.known.contains(value)) {
			return value;
		}
		boolean taken = this.known.size() < MOST && value.length() <= LONGEST && this.known.add(value);
		return taken ? value : OTHER;
	}

}
