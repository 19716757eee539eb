package dev.sluice.settings;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A size as people write it: {@code 20GB}, {@code 20 G}, {@code 1.5tb}, {@code 512MiB},
 * {@code 20Gi}, or plain bytes. K, M, G and T are powers of 1000, Ki, Mi, Gi and Ti of
 * 1024, in letters of any case. Immutable.
 */
public final class Size {

	/** What a size looks like. */
	public static final String EXPECTED = "expected a size, such as 20GB or 512MiB";

	private static final Pattern WRITTEN = Pattern.compile(
			"(?<number>\\d{1,20}+(?:\\.\\d{1,9}+)?+) {0,3}+(?:(?<power>[KMGT])(?<binary>I)?+)?+B?+",
			Pattern.CASE_INSENSITIVE);

	private static final String POWERS = "KMGT";

	private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

	private static final List<Unit> UNITS = List.of(Unit.decimal("TB", 4), Unit.binary("TiB", 4), Unit.decimal("GB", 3),
			Unit.binary("GiB", 3), Unit.decimal("MB", 2), Unit.binary("MiB", 2), Unit.decimal("KB", 1),
			Unit.binary("KiB", 1));

	private final long bytes;

	private final String written;

	private Size(long bytes, String written) {
		this.bytes = bytes;
		this.written = written;
	}

	/**
	 * A size of some bytes, told in the largest unit that tells it exactly, else rounded
	 * to a tenth of one.
	 * @param bytes how many
	 * @return the size
	 */
	public static Size ofBytes(long bytes) {
		return new Size(bytes, told(bytes));
	}

	/**
	 * Reads a size. Settings are bound by it.
	 * @param text as it is written
	 * @return the size
	 * @throws IllegalArgumentException saying how one is written, if it is none, negative
	 * or larger than {@value Long#MAX_VALUE} bytes
	 */
	public static Size valueOf(String text) {
		Matcher written = WRITTEN.matcher(text.strip());
		if (!written.matches()) {
			throw new IllegalArgumentException(EXPECTED);
		}
		String power = written.group("power");
		long base = (written.group("binary") != null) ? 1024 : 1000;
		int exponent = (power != null) ? POWERS.indexOf(power.toUpperCase(Locale.ROOT)) + 1 : 0;
		BigDecimal bytes = new BigDecimal(written.group("number")).multiply(BigDecimal.valueOf(base).pow(exponent));
		if (bytes.compareTo(MOST) > 0) {
			throw new IllegalArgumentException(EXPECTED);
		}
		return new Size(bytes.longValue(), text.strip());
	}

	/**
	 * How large it is.
	 * @return bytes
	 */
	public long toBytes() {
		return this.bytes;
	}

	/** As it was written. */
	@Override
	public String toString() {
		return this.written;
	}

	private static String told(long bytes) {
		return UNITS.stream()
			.filter((unit) -> bytes >= unit.bytes && bytes % unit.bytes == 0)
			.findFirst()
			.map((unit) -> bytes / unit.bytes + unit.name)
			.orElseGet(() -> rounded(bytes));
	}

	private static String rounded(long bytes) {
		return UNITS.stream()
			.filter((unit) -> bytes >= unit.bytes)
			.findFirst()
			.map((unit) -> String.format(Locale.ROOT, "%.1f%s", (double) bytes / unit.bytes, unit.name))
			.orElse(bytes + "B");
	}

	private record Unit(String name, long bytes) {

		static Unit decimal(String name, int exponent) {
			return new Unit(name, BigDecimal.valueOf(1000).pow(exponent).longValueExact());
		}

		static Unit binary(String name, int exponent) {
			return new Unit(name, 1L << (10 * exponent));
		}

	}

}
