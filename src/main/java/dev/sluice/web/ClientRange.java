package dev.sluice.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which part of a blob a client asks for (RFC 9110, 14.2). Several ranges, other units
 * and what is no range at all mean the whole, as the standard has it.
 */
sealed interface ClientRange {

	/** Larger than any blob; numbers beyond are as good as this one. */
	int DIGITS = 18;

	/**
	 * All of it.
	 */
	record Whole() implements ClientRange {
	}

	/**
	 * One range.
	 *
	 * @param range as registries understand it, {@code bytes=0-9}
	 */
	record Part(String range) implements ClientRange {
	}

	/**
	 * A range outside of whatever blob it is.
	 */
	record Outside() implements ClientRange {
	}

	/**
	 * Reads the header, in linear time.
	 * @param lines its lines
	 * @return what is meant
	 */
	static ClientRange of(List<String> lines) {
		String line = (lines.size() == 1) ? lines.getFirst() : "";
		int equals = line.indexOf('=');
		if (equals < 0 || !line.substring(0, equals).strip().equalsIgnoreCase("bytes")) {
			return new Whole();
		}
		return onlyOne(line.substring(equals + 1)).map(ClientRange::read).orElse(new Whole());
	}

	private static Optional<String> onlyOne(String list) {
		List<String> found = new ArrayList<>();
		for (int at = 0; at <= list.length() && found.size() < 2;) {
			int comma = list.indexOf(',', at);
			int end = (comma < 0) ? list.length() : comma;
			String range = list.substring(at, end).replace(" ", "").replace("\t", "");
			if (!range.isEmpty()) {
				found.add(range);
			}
			at = end + 1;
		}
		return (found.size() == 1) ? Optional.of(found.getFirst()) : Optional.empty();
	}

	private static ClientRange read(String range) {
		int dash = range.indexOf('-');
		String first = range.substring(0, Math.max(0, dash));
		String last = range.substring(dash + 1);
		if (dash < 0 || !isNumber(first) || !isNumber(last) || range.length() == 1) {
			return new Whole();
		}
		return first.isEmpty() ? suffix(stripped(last)) : span(stripped(first), last.isEmpty() ? "" : stripped(last));
	}

	private static ClientRange suffix(String length) {
		if (length.equals("0")) {
			return new Outside();
		}
		return (length.length() > DIGITS) ? new Whole() : new Part("bytes=-" + length);
	}

	/** A span that runs backwards is no range. */
	private static ClientRange span(String first, String last) {
		boolean backwards = !last.isEmpty()
				&& (last.length() < first.length() || (last.length() == first.length() && last.compareTo(first) < 0));
		if (backwards) {
			return new Whole();
		}
		if (first.length() > DIGITS) {
			return new Outside();
		}
		return new Part("bytes=" + first + "-" + ((last.length() > DIGITS) ? "" : last));
	}

	private static boolean isNumber(String text) {
		return text.chars().allMatch((c) -> c >= '0' && c <= '9');
	}

	private static String stripped(String number) {
		int start = 0;
		while (start < number.length() - 1 && number.charAt(start) == '0') {
			start++;
		}
		return number.substring(start);
	}

}
