package dev.sluice.diagnose;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
			int end = isImage(text, name) ? name.end() : SecretValue.end(text, name);
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

}
