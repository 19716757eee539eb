package dev.sluice.oci;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

import dev.sluice.testing.LinearTime;

/**
 * Ranges that clients ask for, and those that registries say they answer. What is read
 * must mean the same when read again, and lie within the content.
 */
public final class RangeFuzz {

	private static final long[] LENGTHS = { 0, 1, 2, 100, 1L << 40, ByteRange.FARTHEST + 1 };

	private RangeFuzz() {
	}

	public static void fuzzerTestOneInput(byte[] input) {
		String text = new String(input, StandardCharsets.ISO_8859_1);
		LinearTime.spend(() -> {
			asked(text);
			asked("bytes=" + text);
			said(text);
			said("bytes " + text);
		});
	}

	private static void asked(String header) {
		ByteRange.parse(header).ifPresent((range) -> {
			hold(ByteRange.parse(range.toString()).filter(range::equals).isPresent(), "another when read again", range);
			for (long length : LENGTHS) {
				range.within(length).ifPresent((part) -> lies(part, length, range));
			}
		});
	}

	private static void lies(ContentRange.Part part, long length, ByteRange range) {
		hold(part.first() >= 0 && part.last() < length && part.size() > 0, "outside of " + length, range);
		hold(part.answers(range), "no answer to itself, of " + length, range);
		hold(!range.isOutsideOfAll(), "outside of all, but within " + length, range);
	}

	private static void said(String header) {
		ContentRange.parse(header).ifPresent((range) -> {
			hold(ContentRange.parse(range.toString()).filter(range::equals).isPresent(), "another when read again",
					range);
			if (range instanceof ContentRange.Part part) {
				part.isWhole(OptionalLong.empty());
				hold(part.size() > 0, "no bytes", range);
			}
		});
	}

	private static void hold(boolean holds, String fault, Object range) {
		if (!holds) {
			throw new IllegalStateException(fault + ": " + range);
		}
	}

}
