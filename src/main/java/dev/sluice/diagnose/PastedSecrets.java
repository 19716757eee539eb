package dev.sluice.diagnose;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Secrets that are pasted along by their names, in JSON, YAML, headers, URLs and
 * variables: {@code "password":"…"}, {@code Authorization: …}, {@code GHCR_TOKEN=…}.
 * Rather too much is taken for one than too little. Linear in the text's length.
 */
final class PastedSecrets {

	/** Stands in a secret's place, and in no image's name. */
	static final String HIDDEN = "*";

	/** What a secret is called, also behind other letters: {@code dbPassword}. */
	private static final String LONG = "passwords?|passwd|passphrase|passwort|secrets?|tokens?|credentials?|creds?"
			+ "|api[-_]?key|(?:access|private|secret|encryption|decryption)[-_]?key|oauth2-bearer|cookie";

	/** What it is called alone, or behind a sign: {@code DB_PW}. */
	private static final String SHORT = "pass|pwd|pat|pw";

	private static final String BEFORE = "(?<![A-Za-z0-9_./$-])";

	private static final Pattern NAME = Pattern.compile(
			BEFORE + "(?<open>\\\\{0,16}+[\"'`])?+" + "(?:[A-Za-z0-9_.-]{0,64}?(?:" + LONG
					+ "|auth|authorization|dockerconfigjson|dockercfg)" + "|(?:[A-Za-z0-9_.-]{0,64}?[_.-])?(?:" + SHORT
					+ "|value)|[A-Za-z0-9_.-]{0,64}?[_.-](?:key|api))"
					+ "(?<close>\\\\{0,16}+[\"'`])?+[ \\t]{0,40}+(?<sign>=>|[:=>])[ \\t]{0,40}+",
			Pattern.CASE_INSENSITIVE);

	/** Without a sign all that follows on its row may be it. */
	private static final Pattern SPOKEN = Pattern.compile(BEFORE + "(?![.-])(?:[A-Za-z0-9_.-]{0,64}?(?:" + LONG
			+ ")|(?:[A-Za-z0-9_.-]{0,64}?[_.-])?(?:" + SHORT + ")|bearer|basic)[ \\t].++", Pattern.CASE_INSENSITIVE);

	/** As an argument, perhaps in a list of them, which may be one a row. */
	private static final Pattern OPTION = Pattern.compile("(?<name>" + BEFORE + "-{1,2}(?!no-)(?:[a-z0-9-]{0,40}?-)?(?:"
			+ LONG + "|" + SHORT + ")(?:[\"'`]?+,?+\\s{1,40}+(?:-\\s{1,9}+)?+|[\"'],))"
			+ "(?:\"[^\"]*+\"|'[^']*+'|[^\\s\"',-][^\\s\"',]*+)", Pattern.CASE_INSENSITIVE);

	/** A token by its form, whatever its name. */
	private static final Pattern TOKEN = Pattern
		.compile("(?<![A-Za-z0-9_-])(?:gh[opsur]_|github_pat_|gl[a-z]{2,6}-|dckr_(?:pat|oat)_|hvs\\.|ya29\\."
				+ "|eyJ|eyAi|ewog|ewoJ)[A-Za-z0-9_./+=-]{8,}+|-----BEGIN [A-Z ]{1,40}+-----[^-]*+");

	/** An image that is called after a secret, such as {@code vault-secret:1.2}. */
	private static final Pattern IMAGE = Pattern.compile(
			"[a-z0-9.]++-[a-z0-9.-]*+:(?:v?\\d[A-Za-z0-9_.-]{0,20}+|latest|stable|main|edge)(?![A-Za-z0-9_./:@+=-])");

	private static final Pattern NOTHING = Pattern.compile("(?:null|true|false|\\d{1,20}+)(?=\\s*+[,}\\]\\r\\n])");

	/** Docker's config by its keys. */
	private static final Pattern CONFIG = Pattern
		.compile("(?m)(?:[\"']|\\.|^\\s{0,40}+)(?:auths|credHelpers|credsStore|dockerconfigjson|dockercfg)(?=[\"':])");

	/** A word alone, and no further name. */
	private static final Pattern TYPED = Pattern.compile("\\r?\\n[^\\s]++(?<!:)(?=[\\r\\n]|\\z)");

	private static final Pattern INDENT = Pattern.compile("[ \\t]*+");

	private PastedSecrets() {
	}

	/**
	 * Puts a star in each secret's place.
	 * @param text what was pasted
	 * @return the text without any secret that its name or form tells
	 */
	static String hidden(String text) {
		StringBuilder shown = new StringBuilder(text.length());
		Matcher name = NAME.matcher(text);
		int from = 0;
		while (name.find(from)) {
			int end = isImage(text, name) ? name.end() : valueEnd(text, name, name.end());
			shown.append(text, from, name.end()).append((end > name.end()) ? HIDDEN : "");
			from = Math.max(end, name.end());
		}
		shown.append(text, from, text.length());
		return OPTION.matcher(TOKEN.matcher(shown).replaceAll(HIDDEN)).replaceAll("${name}" + HIDDEN);
	}

	/**
	 * Leaves out what stands behind a word for a secret: {@code my password is …}.
	 * @param line a line that is no client's command
	 * @return what stands before
	 */
	static String unspoken(String line) {
		return SPOKEN.matcher(line).replaceFirst(HIDDEN);
	}

	/**
	 * Whether a client's config, which holds logins, is in a text.
	 * @param text what was pasted
	 * @return whether it is
	 */
	static boolean isConfig(String text) {
		return CONFIG.matcher(text).find();
	}

	private static boolean isImage(String text, Matcher name) {
		return name.group("open") == null && IMAGE.matcher(text).region(name.start(), text.length()).lookingAt();
	}

	private static int valueEnd(String text, Matcher name, int start) {
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
