package dev.sluice.settings.file;

import java.util.Optional;

import dev.sluice.settings.InvalidSettingException;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;

/**
 * Finds what looks like a blank, or like nothing, and is a letter to YAML: the
 * non-breaking space of a web page, a mark of the byte order amid a file. A key that is
 * indented by one stands at the top.
 */
final class OddBlanks {

	private OddBlanks() {
	}

	/**
	 * Looks at each word that has no quotes.
	 * @param name what the text is called, in errors
	 * @param events what the parser finds
	 * @throws InvalidSettingException naming line and column of the first that has one
	 */
	static void check(String name, Iterable<Event> events) {
		for (Event event : events) {
			if (event instanceof ScalarEvent scalar && scalar.getScalarStyle() == DumperOptions.ScalarStyle.PLAIN) {
				Mark mark = scalar.getStartMark();
				problem(scalar.getValue()).ifPresent((problem) -> {
					throw new InvalidSettingException(name + ": line " + (mark.getLine() + 1) + ", column "
							+ (mark.getColumn() + 1) + ": " + problem);
				});
			}
		}
	}

	/**
	 * Finds one where a text begins or ends, or where YAML has a blank behind a sign.
	 * @param text a text
	 * @return what is wrong, and what to do, or empty
	 */
	static Optional<String> problem(String text) {
		for (int index = 0; index < text.length(); index++) {
			boolean atEdge = index == 0 || index == text.length() - 1 || "-:?".indexOf(text.charAt(index - 1)) >= 0;
			if (atEdge && isOdd(text.charAt(index))) {
				return Optional.of("a blank that is no ordinary one (U+%04X)".formatted((int) text.charAt(index))
						+ ", as web pages have it: replace it by an ordinary one, or put quotes around a value that has it");
			}
		}
		return Optional.empty();
	}

	private static boolean isOdd(char character) {
		return character != ' '
				&& (Character.isSpaceChar(character) || Character.getType(character) == Character.FORMAT);
	}

}
