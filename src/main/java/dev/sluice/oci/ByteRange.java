package dev.sluice.oci;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * One range of bytes, as it is asked for (RFC 9110, 14.1.2). Immutable; as text it is
 * what a {@code Range} header says.
 */
public sealed interface ByteRange {

	/** Farther than any content reaches: what begins beyond lies outside of all. */
	long FARTHEST = 999_999_999_999_999_999L;

	/** The first byte. */
	ByteRange FIRST_BYTE = new Span(0, OptionalLong.of(0));

	/**
	 * Reads a {@code Range} header, in linear time. A range that ends before it begins is
	 * none; an end, or a count of last bytes, beyond {@link #FARTHEST} is the content's
	 * own.
	 * @param header the header's value
	 * @return the range; empty for several, for other units and for what is no range: the
	 * whole is the answer then
	 */
	static Optional<ByteRange> parse(String header) {
		return ByteRangeParser.parse(header);
	}

	/**
	 * Whether it lies outside of whatever content.
	 * @return whether nothing can be its answer
	 */
	boolean isOutsideOfAll();

	/**
	 * Which bytes that is of a content.
	 * @param length the content's length
	 * @return the part; empty if the range lies outside
	 */
	Optional<ContentRange.Part> within(long length);

	/**
	 * From one byte on.
	 *
	 * @param first the first byte, counted from zero
	 * @param last the last byte, or empty for all that follow
	 */
	record Span(long first, OptionalLong last) implements ByteRange {

		@Override
		public boolean isOutsideOfAll() {
			return this.first > FARTHEST;
		}

		@Override
		public Optional<ContentRange.Part> within(long length) {
			long end = Math.min(this.last.orElse(Long.MAX_VALUE), length - 1);
			return (this.first <= end) ? Optional.of(new ContentRange.Part(this.first, end, OptionalLong.of(length)))
					: Optional.empty();
		}

		@Override
		public String toString() {
			return "bytes=" + this.first + "-" + (this.last.isPresent() ? this.last.getAsLong() : "");
		}

	}

	/**
	 * The last bytes.
	 *
	 * @param count how many, perhaps none
	 */
	record Suffix(long count) implements ByteRange {

		@Override
		public boolean isOutsideOfAll() {
			return this.count == 0;
		}

		@Override
		public Optional<ContentRange.Part> within(long length) {
			long first = Math.max(0, length - this.count);
			return (first < length) ? Optional.of(new ContentRange.Part(first, length - 1, OptionalLong.of(length)))
					: Optional.empty();
		}

		@Override
		public String toString() {
			return "bytes=-" + this.count;
		}

	}

}
