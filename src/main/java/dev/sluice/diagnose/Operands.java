package dev.sluice.diagnose;

import java.util.List;

/**
 * What a command is about. Immutable.
 *
 * @param words its words without options and their values
 * @param doubtful whether what may be the image may also be an option's value
 */
record Operands(List<String> words, boolean doubtful) {

	Operands {
		words = List.copyOf(words);
	}

}
