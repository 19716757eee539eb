package dev.sluice.diagnose;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.sluice.diagnose.PastedText.Line;
import dev.sluice.diagnose.PastedText.Word;

/**
 * Rows of the tables that clients print of their images and containers.
 */
final class PastedRows {

	private static final Pattern ID = Pattern.compile("(?:sha256:)?+[0-9a-f]{12,64}+");

	private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

	private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}+");

	private PastedRows() {
	}

	/**
	 * What rows name.
	 * @param lines lines of what was pasted
	 * @return the images, with the tags that stand in the next column
	 */
	static Images images(List<Line> lines) {
		return Images.of(lines.stream().flatMap((line) -> image(line.words())));
	}

	private static Stream<String> image(List<Word> row) {
		if (row.size() < 3) {
			return Stream.empty();
		}
		if (ID.matcher(text(row, 0)).matches() && ImageWord.isLike(row.get(1)) && row.get(2).quoted()) {
			return Stream.of(text(row, 1));
		}
		if (!ImageWord.isLike(row.getFirst())) {
			return Stream.empty();
		}
		if (ID.matcher(text(row, 1)).matches()) {
			return ImageWord.isReferring(row.getFirst()) ? Stream.of(text(row, 0)) : Stream.empty();
		}
		return ID.matcher(text(row, 2)).matches() ? ofColumns(row) : Stream.empty();
	}

	/** Repository and tag, perhaps a digest, then the image's ID. */
	private static Stream<String> ofColumns(List<Word> row) {
		if (TAG.matcher(text(row, 1)).matches()) {
			return Stream.of(text(row, 0) + ":" + text(row, 1));
		}
		return DIGEST.matcher(text(row, 2)).matches() ? Stream.of(text(row, 0) + "@" + text(row, 2)) : Stream.empty();
	}

	private static String text(List<Word> row, int column) {
		return row.get(column).text();
	}

}
