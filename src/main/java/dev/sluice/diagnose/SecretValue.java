package dev.sluice.diagnose;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The value behind a secret's name: what is quoted, a list, a word, a row, or in YAML the
 * rows below.
 */
final class SecretValue {

	private static final Pattern NOTHING = Pattern.compile("(?:null|true|false|\\d{1,20}+)(?=\\s*+[,}\\]\\r\\n])");

	/** A word alone, and no further name. */
	private static final Pattern TYPED = Pattern.compile("\\r?\\n[^\\s]++(?<!:)(?=[\\r\\n]|\\z)");

	private static final Pattern INDENT = Pattern.compile("[ \\t]*+");

	private SecretValue() {
	}

	/**
	 * Where a value ends.
	 * @param text what was pasted
	 * @param name the secret's name in it, with the groups {@code open} and {@code close}
	 * for its quotes and {@code sign} for what stands before the value
	 * @return the place behind the value; that behind the name where it has none
	 */
	static int end(String text, Matcher name) {
		int start = name.end();
		String open = name.group("open");
		if (open != null && name.group("close") == null) {
			return before(text, open.substring(open.length() - 1), start);
		}
		if (start == text.length()) {
			return start;
		}
		String quote = quoteAt(text, start);
		if (quote != null) {
			return behindQuoted(text, quote, start);
		}
		if (text.charAt(start) == '{') {
			return start;
		}
		if (text.charAt(start) == '[') {
			int end = text.indexOf(']', start);
			return (end < 0) ? text.length() : end;
		}
		if (name.group("sign").startsWith("=")) {
			return wordEnd(text, start);
		}
		return NOTHING.matcher(text).region(start, text.length()).lookingAt() ? start : blockEnd(text, start);
	}

	private static @Nullable String quoteAt(String text, int start) {
		int at = start;
		while (at < text.length() && at - start < 16 && text.charAt(at) == '\\') {
			at++;
		}
		boolean quoted = at < text.length() && "\"'`".indexOf(text.charAt(at)) >= 0;
		return quoted ? text.substring(start, at + 1) : null;
	}

	/** What is glued to a closing quote belongs to the value, as in a shell. */
	private static int behindQuoted(String text, String quote, int start) {
		int from = start + quote.length();
		int end = text.indexOf(quote, from);
		while (end > 0 && quote.length() == 1 && text.charAt(end - 1) == '\\') {
			end = text.indexOf(quote, end + 1);
		}
		if (end < 0) {
			return text.length();
		}
		int behind = end + quote.length();
		boolean ends = behind == text.length() || Character.isWhitespace(text.charAt(behind))
				|| ",;}])\\".indexOf(text.charAt(behind)) >= 0;
		return ends ? behind : wordEnd(text, behind);
	}

	private static int before(String text, String quote, int start) {
		int line = lineEnd(text, start);
		int end = text.indexOf(quote, start);
		return (end < 0 || end > line) ? line : end;
	}

	/**
	 * A value may stand in the lines below that are indented further, or are its list; or
	 * alone on the next, as one that was typed behind a prompt.
	 */
	private static int blockEnd(String text, int start) {
		int end = lineEnd(text, start);
		boolean nothing = start == end;
		if (nothing && TYPED.matcher(text).region(end, text.length()).lookingAt()) {
			return lineEnd(text, end + (text.startsWith("\r\n", end) ? 2 : 1));
		}
		if (!nothing && text.charAt(start) != '|' && text.charAt(start) != '>') {
			return end;
		}
		int line = Math.max(text.lastIndexOf('\n', start - 1), text.lastIndexOf('\r', start - 1)) + 1;
		Matcher indent = INDENT.matcher(text).region(line, text.length());
		String below = "(?:[\\r\\n]++" + (indent.lookingAt() ? indent.group() : "") + "(?:[ \\t]|- )[^\\r\\n]*+)*+";
		Matcher block = Pattern.compile(below).matcher(text).region(end, text.length());
		return block.lookingAt() ? block.end() : end;
	}

	private static int lineEnd(String text, int start) {
		int end = start;
		while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
			end++;
		}
		return end;
	}

	private static int wordEnd(String text, int start) {
		int end = start;
		while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
			end++;
		}
		return end;
	}

}
