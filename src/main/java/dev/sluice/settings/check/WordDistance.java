package dev.sluice.settings.check;

import java.util.Arrays;

/**
 * How far one word is from another, by Levenshtein.
 */
final class WordDistance {

	private WordDistance() {
	}

	/**
	 * Counts.
	 * @param word a word
	 * @param other another
	 * @return how many letters are missing, too many or wrong
	 */
	static int between(String word, String other) {
		int[] row = new int[other.length() + 1];
		Arrays.setAll(row, (column) -> column);
		for (int line = 1; line <= word.length(); line++) {
			int corner = row[0];
			row[0] = line;
			for (int column = 1; column < row.length; column++) {
				int same = corner + ((word.charAt(line - 1) == other.charAt(column - 1)) ? 0 : 1);
				corner = row[column];
				row[column] = Math.min(same, Math.min(corner, row[column - 1]) + 1);
			}
		}
		return row[other.length()];
	}

}
