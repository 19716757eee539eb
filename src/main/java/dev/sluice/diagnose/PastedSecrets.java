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

	private static final Pattern NAME = Pattern.compile("(?<![A-Za-z0-9_./$-])(?<open>\\\\{0,16}+[\"'`])?+"
			+ "(?<name>[A-Za-z0-9_.-]{0,64}?(?:passwords?|passwd|passphrase|passwort|secrets?|tokens?|auth|authorization"
			+ "|credentials?|api[-_]?key|(?:access|private|secret|encryption)[-_]?key|cookie|dockerconfigjson|dockercfg)"
			+ "|(?:[A-Za-z0-9_.-]{0,64}?[_.-])?(?:pass|pwd|pat|pw|creds|value)"
			+ "|[A-Za-z0-9_.-]{0,64}?[_.-](?:key|api))"
			+ "(?<close>\\\\{0,16}+[\"'`])?+[ \\t]{0,40}+(?<sign>=>|[:=>])[ \\t]{0,40}+", Pattern.CASE_INSENSITIVE);

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
		return TOKEN.matcher(shown).replaceAll(HIDDEN);
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
		return NOTHING.matcher(text).region(start, text.length()).lookingAt() ? start : PastedBlock.end(text, start);
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
		int line = PastedBlock.lineEnd(text, start);
		int end = text.indexOf(quote, start);
		return (end < 0 || end > line) ? line : end;
	}

	private static int wordEnd(String text, int start) {
		int end = start;
		while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
			end++;
		}
		return end;
	}

}
