package dev.sluice.oci;

import java.util.Optional;
import java.util.OptionalLong;

import dev.sluice.oci.ContentRange.Part;
import dev.sluice.oci.ContentRange.Unsatisfied;

/** Reads the {@code Content-Range} header of RFC 9110, 14.4. */
final class ContentRangeParser {

	private static final String UNIT = "bytes ";

	/** Characters at most. */
	private static final int LIMIT = 128;

	private ContentRangeParser() {
	}

	static Optional<ContentRange> parse(String header) {
		String text = header.strip();
		int slash = text.indexOf('/');
		if (text.length() > LIMIT || slash < 0 || !text.regionMatches(true, 0, UNIT, 0, UNIT.length())) {
			return Optional.empty();
		}
		String range = text.substring(UNIT.length(), slash).strip();
		String whole = text.substring(slash + 1).strip();
		OptionalLong length = Decimal.parse(whole);
		if (range.equals("*")) {
			return length.isPresent() ? Optional.of(new Unsatisfied(length.getAsLong())) : Optional.empty();
		}
		return (length.isPresent() || whole.equals("*")) ? part(range, length) : Optional.empty();
	}

	private static Optional<ContentRange> part(String range, OptionalLong length) {
		int dash = range.indexOf('-');
		OptionalLong first = Decimal.parse((dash < 0) ? "" : range.substring(0, dash));
		OptionalLong last = Decimal.parse(range.substring(dash + 1));
		boolean possible = first.isPresent() && last.isPresent() && first.getAsLong() <= last.getAsLong()
				&& last.getAsLong() < length.orElse(Long.MAX_VALUE);
		return possible ? Optional.of(new Part(first.getAsLong(), last.getAsLong(), length)) : Optional.empty();
	}

}
