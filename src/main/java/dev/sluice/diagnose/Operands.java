package dev.sluice.diagnose;

import java.util.ArrayList;
import java.util.List;

import dev.sluice.diagnose.PastedText.Word;

/**
 * What a command is about: its words without the options and their values. Immutable.
 *
 * @param words the words
 * @param doubtful those that stand behind an option that isn't known, and may be its
 * value or an operand
 */
record Operands(List<Word> words, List<Word> doubtful) {

	Operands {
		words = List.copyOf(words);
		doubtful = List.copyOf(doubtful);
	}

	/**
	 * Of any command, or of none.
	 * @param words its words
	 * @return the operands
	 */
	static Operands of(List<Word> words) {
		List<Word> operands = new ArrayList<>();
		List<Word> doubtful = new ArrayList<>();
		for (int at = 0; at < words.size(); at++) {
			Word word = words.get(at);
			if (!word.isOption()) {
				operands.add(word);
			}
			else if (Options.isValued(word) && at + 1 < words.size() && !words.get(at + 1).isOption()) {
				at = valueEnd(words, at + 1);
				if (operands.isEmpty() && !Options.isKnown(word) && ImageWord.isReferring(words.get(at))) {
					doubtful.add(words.get(at));
				}
			}
		}
		return new Operands(operands, doubtful);
	}

	/** The last word of a value, which may have blanks in it if it is in quotes. */
	private static int valueEnd(List<Word> words, int start) {
		int end = start;
		while (end + 1 < words.size() && words.get(end + 1).depth() > words.get(start).depth()) {
			end++;
		}
		return end;
	}

	/**
	 * Of a command that runs a container: its first operand alone is the image.
	 * @param words the words behind its verb
	 * @return the operands
	 */
	static Operands ofRun(List<Word> words) {
		for (int at = 0; at < words.size(); at++) {
			Word word = words.get(at);
			if (!word.isOption()) {
				return new Operands(List.of(word), List.of());
			}
			boolean valued = word.text().indexOf('=') < 0 && !RunOptions.isFlag(word.text());
			if (valued && at + 1 < words.size()) {
				at++;
				if (!RunOptions.isValued(word.text()) && ImageWord.isReferring(words.get(at))) {
					return new Operands(List.of(), List.of(words.get(at)));
				}
			}
		}
		return new Operands(List.of(), List.of());
	}

}
