package dev.sluice.oci;

import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalLong;

import dev.sluice.oci.ByteRange.Span;
import dev.sluice.oci.ByteRange.Suffix;

/** Reads the {@code Range} header of RFC 9110, 14.2, for one range. */
final class ByteRangeParser {

	private static final String UNIT = "bytes=";

	/** Characters at most; a longer header isn't read. */
	private static final int LIMIT = 1024;

	private ByteRangeParser() {
	}

	static Optional<ByteRange> parse(String header) {
		String text = header.strip();
		if (text.length() > LIMIT || !text.regionMatches(true, 0, UNIT, 0, UNIT.length())) {
			return Optional.empty();
		}
		String only = "";
		int start = UNIT.length();
		while (start <= text.length()) {
			int comma = text.indexOf(',', start);
			int end = (comma < 0) ? text.length() : comma;
			String range = text.substring(start, end).strip();
			if (!range.isEmpty() && !only.isEmpty()) {
				return Optional.empty();
			}
			only = range.isEmpty() ? only : range;
			start = end + 1;
		}
		return range(only);
	}

	private static Optional<ByteRange> range(String text) {
		int dash = text.indexOf('-');
		if (dash < 0) {
			return Optional.empty();
		}
		String before = text.substring(0, dash).strip();
		String after = text.substring(dash + 1).strip();
		OptionalLong first = Decimal.parseUpToLargest(before);
		OptionalLong last = Decimal.parseUpToLargest(after);
		if (before.isEmpty()) {
			return last.stream()
				.filter((count) -> count <= ByteRange.FARTHEST)
				.<ByteRange>mapToObj(Suffix::new)
				.findAny();
		}
		boolean forwards = first.isPresent() && (after.isEmpty()
				|| (last.isPresent() && new BigInteger(before).compareTo(new BigInteger(after)) <= 0));
		boolean open = last.orElse(Long.MAX_VALUE) > ByteRange.FARTHEST;
		return forwards ? Optional.of(new Span(first.getAsLong(), open ? OptionalLong.empty() : last))
				: Optional.empty();
	}

}
