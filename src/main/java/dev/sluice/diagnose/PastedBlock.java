package dev.sluice.diagnose;

/**
 * A value in YAML that may go on in the lines below, because these are indented further,
 * or one behind a prompt, alone on the line below.
 */
final class PastedBlock {

	private PastedBlock() {
	}

	/**
	 * Where a value ends.
	 * @param text what was pasted
	 * @param start where the value begins
	 * @return the end of its line, or of the lines below that belong to it if it has
	 * nothing on its own
	 */
	static int end(String text, int start) {
		int end = lineEnd(text, start);
		boolean nothing = start >= end;
		if (nothing && isWordAlone(text, end)) {
			return lineEnd(text, behindBreak(text, end));
		}
		boolean below = nothing || text.charAt(start) == '|' || text.charAt(start) == '>';
		int indent = indent(text, text.lastIndexOf('\n', Math.max(0, start - 1)) + 1);
		while (below && end < text.length()) {
			int next = behindBreak(text, end);
			int depth = indent(text, next);
			boolean blank = next + depth >= text.length() || isBreak(text.charAt(next + depth));
			below = blank || depth > indent || (depth == indent && text.startsWith("- ", next + depth));
			end = below ? lineEnd(text, next) : end;
		}
		return end;
	}

	/** Such as a password that was typed, and no further name. */
	private static boolean isWordAlone(String text, int lineEnd) {
		int next = Math.min(behindBreak(text, lineEnd), text.length());
		String line = text.substring(next, lineEnd(text, next));
		return !line.isBlank() && line.strip().equals(line) && line.indexOf(' ') < 0 && !line.endsWith(":");
	}

	/**
	 * Where a line ends.
	 * @param text what was pasted
	 * @param from a place in the line
	 * @return the place of what breaks it, or the text's end
	 */
	static int lineEnd(String text, int from) {
		int end = from;
		while (end < text.length() && !isBreak(text.charAt(end))) {
			end++;
		}
		return end;
	}

	private static int behindBreak(String text, int at) {
		return text.startsWith("\r\n", at) ? at + 2 : at + 1;
	}

	private static int indent(String text, int lineStart) {
		int at = lineStart;
		while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
			at++;
		}
		return at - lineStart;
	}

	private static boolean isBreak(char character) {
		return character == '\n' || character == '\r';
	}

}
