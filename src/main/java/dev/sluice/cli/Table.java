package dev.sluice.cli;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rows in columns as wide as they need be. A column that says nothing in any row is left
 * out.
 */
final class Table {

	private static final String GAP = "  ";

	private static final String NOTHING = "-";

	private Table() {
	}

	/**
	 * Sets rows in columns.
	 * @param rows the headings, then the rows, all of one length
	 * @return one line for each
	 */
	static String of(List<List<String>> rows) {
		int[] told = IntStream.range(0, rows.getFirst().size()).filter((column) -> isTold(rows, column)).toArray();
		return rows.stream().map((row) -> line(rows, row, told)).collect(Collectors.joining());
	}

	private static String line(List<List<String>> rows, List<String> row, int[] columns) {
		return IntStream.of(columns)
			.mapToObj((column) -> padded(row.get(column), width(rows, column)))
			.collect(Collectors.joining(GAP))
			.stripTrailing() + "\n";
	}

	private static boolean isTold(List<List<String>> rows, int column) {
		return rows.stream().skip(1).anyMatch((row) -> !row.get(column).equals(NOTHING));
	}

	private static int width(List<List<String>> rows, int column) {
		return rows.stream().mapToInt((row) -> row.get(column).length()).max().orElse(0);
	}

	private static String padded(String text, int width) {
		return text + " ".repeat(width - text.length());
	}

}
