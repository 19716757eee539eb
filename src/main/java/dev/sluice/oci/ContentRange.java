package dev.sluice.oci;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which bytes of a content an answer holds (RFC 9110, 14.4). Immutable; as text it is
 * what a {@code Content-Range} header says.
 */
public sealed interface ContentRange {

	/**
	 * Reads a {@code Content-Range} header, in linear time.
	 * @param header the header's value
	 * @return what it says; empty for other units, for numbers of 2⁶³ or more, and for
	 * what can't be
	 */
	static Optional<ContentRange> parse(String header) {
		return ContentRangeParser.parse(header);
	}

	/**
	 * Reads a {@code Content-Range} header that is of some bytes.
	 * @param header the header's value
	 * @return the part; empty if it is none
	 */
	static Optional<Part> parsePart(String header) {
		return parse(header).flatMap((range) -> (range instanceof Part part) ? Optional.of(part) : Optional.empty());
	}

	/**
	 * Reads all lines of a {@code Content-Range} header that is of some bytes.
	 * @param lines the header's values
	 * @return the part; empty if it is none, or they don't say the same
	 */
	static Optional<Part> parsePart(List<String> lines) {
		return lines.stream().distinct().count() == 1 ? parsePart(lines.getFirst()) : Optional.empty();
	}

	/**
	 * Reads a {@code Content-Range} header that is of none, but says how many there are.
	 * @param header the header's value
	 * @return what it says; empty if it is of some bytes, or says nothing
	 */
	static Optional<Unsatisfied> parseUnsatisfied(String header) {
		return parse(header)
			.flatMap((range) -> (range instanceof Unsatisfied none) ? Optional.of(none) : Optional.empty());
	}

	/**
	 * Some bytes.
	 *
	 * @param first the first byte, counted from zero
	 * @param last the last byte, not before the first
	 * @param length the content's whole length, beyond the last; empty if it isn't known
	 */
	record Part(long first, long last, OptionalLong length) implements ContentRange {

		/**
		 * Takes a part.
		 * @throws IllegalArgumentException if it can't be
		 */
		public Part {
			if (first < 0 || last < first || last >= length.orElse(Long.MAX_VALUE)) {
				throw new IllegalArgumentException("no part: " + first + "-" + last);
			}
		}

		/**
		 * How many bytes it has.
		 * @return at least one
		 */
		public long size() {
			return this.last - this.first + 1;
		}

		/**
		 * Whether it is what was asked for. Where its whole length isn't known, an end
		 * that wasn't asked for is believed.
		 * @param asked what was asked for
		 * @return whether it is these bytes and no others
		 */
		public boolean answers(ByteRange asked) {
			if (this.length.isPresent()) {
				return asked.within(this.length.getAsLong()).filter(this::equals).isPresent();
			}
			return switch (asked) {
				case ByteRange.Span span -> span.first() == this.first && span.last().orElse(this.last) == this.last;
				case ByteRange.Suffix suffix ->
					size() == suffix.count() || (size() < suffix.count() && this.first == 0);
			};
		}

		/**
		 * Whether it is all of the content.
		 * @param announced the length of the answer's body, if it is known
		 * @return whether it is said to span all, and the body is as long
		 */
		public boolean isWhole(OptionalLong announced) {
			return this.first == 0 && this.length.orElse(-1) == size() && announced.orElse(size()) == size();
		}

		@Override
		public String toString() {
			return "bytes " + this.first + "-" + this.last + "/"
					+ (this.length.isPresent() ? this.length.getAsLong() : "*");
		}

	}

	/**
	 * None, since the range that was asked for lies outside.
	 *
	 * @param length the content's whole length
	 */
	record Unsatisfied(long length) implements ContentRange {

		@Override
		public String toString() {
			return "bytes */" + this.length;
		}

	}

}
