package dev.sluice.oci;

import java.util.OptionalLong;

/**
 * A number of digits alone, as headers have it ({@code 1*DIGIT}). In linear time; never
 * fails.
 */
public final class Decimal {

	private Decimal() {
	}

	/**
	 * Reads a number.
	 * @param text the digits
	 * @return the number; empty if there is anything but digits, or it is 2⁶³ or more
	 */
	public static OptionalLong parse(String text) {
		long number = text.isEmpty() ? -1 : 0;
		for (int at = 0; at < text.length() && number >= 0; at++) {
			int digit = text.charAt(at) - '0';
			boolean fits = digit >= 0 && digit <= 9 && number <= (Long.MAX_VALUE - digit) / 10;
			number = fits ? number * 10 + digit : -1;
		}
		return (number >= 0) ? OptionalLong.of(number) : OptionalLong.empty();
	}

	/**
	 * Reads a number that may be too large.
	 * @param text the digits
	 * @return the number, or {@link Long#MAX_VALUE} in place of a larger one; empty if
	 * there is anything but digits
	 */
	static OptionalLong parseUpToLargest(String text) {
		boolean digits = !text.isEmpty() && text.chars().allMatch((c) -> c >= '0' && c <= '9');
		return digits ? OptionalLong.of(parse(text).orElse(Long.MAX_VALUE)) : OptionalLong.empty();
	}

}
