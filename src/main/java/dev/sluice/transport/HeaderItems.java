package dev.sluice.transport;

import java.util.List;
import java.util.stream.Stream;

/**
 * The items of a header whose value is a list (RFC 9110, 5.6.1), on however many lines.
 */
public final class HeaderItems {

	private HeaderItems() {
	}

	/**
	 * Takes a list apart, in linear time.
	 * @param lines all lines of the header
	 * @return what stands between the commas, without blanks around it, perhaps empty
	 */
	public static Stream<String> of(List<String> lines) {
		return lines.stream().flatMap(HeaderItems::ofLine);
	}

	private static Stream<String> ofLine(String line) {
		Stream.Builder<String> items = Stream.builder();
		int start = 0;
		for (int comma = line.indexOf(','); comma >= 0; comma = line.indexOf(',', start)) {
			items.add(line.substring(start, comma).strip());
			start = comma + 1;
		}
		return items.add(line.substring(start).strip()).build();
	}

}
