package dev.sluice.diagnose;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.sluice.diagnose.PastedText.Word;

/**
 * A name and its value, as YAML, JSON, HCL, logs and variables have it. Immutable.
 *
 * @param path what stands before the name's last part, as in {@code image.tag}
 * @param name the name's last part, in small letters without hyphens and underscores
 * @param value the value without quotes; an empty text where it has none
 * @param kind how it is written
 */
record PastedPair(String path, String name, String value, Kind kind) {

	private static final String KEY = "(?<![A-Za-z0-9_./:@-])-{0,2}+(?<quote>[\"'`])?+"
			+ "(?<key>[A-Za-z_][A-Za-z0-9_.-]{0,99}+)(?:[\"'`](?=\\s{0,9}+:))?+";

	/** A colon needs a blank behind it, or quotes. */
	private static final String SIGN = "(?:(?<equals>[ \\t]{0,40}+=>?+[ \\t]{0,40}+)"
			+ "|\\s{0,9}+:(?:[ \\t]{1,40}+|(?=[\\r\\n\"']|\\z)))";

	private static final String VALUE = "(?:\"(?<double>[^\"\\r\\n]*+)\"?+|'(?<single>[^'\\r\\n]*+)'?+"
			+ "|(?<bare>(?![A-Za-z_.-]{1,40}+=)(?:[^\\s\"',;{}\\[\\]$]++|\\$\\{[^}\\r\\n]{0,99}+}|\\{\\{[^}\\r\\n]{0,99}+}}|\\$)++)?+)";

	/** What {@link #of} takes. */
	static final Pattern FORM = Pattern.compile(KEY + SIGN + VALUE);

	/** How a pair is written. */
	enum Kind {

		/** At the beginning of its line, or with quotes or blanks that tell it. */
		STRUCTURED,

		/** As in a log, {@code name=value}. */
		ASSIGNED,

		/** In the middle of a sentence, perhaps by chance. */
		SPOKEN

	}

	/**
	 * Takes a pair.
	 * @param pair what was found by the form
	 * @param first whether it is the first on its line
	 * @return the pair
	 */
	static PastedPair of(Matcher pair, boolean first) {
		String key = pair.group("key").toLowerCase(Locale.ROOT);
		int dot = key.lastIndexOf('.');
		String quoted = (pair.group("double") != null) ? pair.group("double") : pair.group("single");
		String bare = (pair.group("bare") != null) ? Word.of(pair.group("bare")).text() : "";
		boolean assigned = pair.group("equals") != null && pair.group("equals").length() == 1;
		boolean told = first || pair.group("quote") != null || pair.group("equals") != null || quoted != null;
		return new PastedPair(key.substring(0, Math.max(dot, 0)),
				key.substring(dot + 1).replace("-", "").replace("_", ""), (quoted != null) ? quoted.strip() : bare,
				(assigned && !first) ? Kind.ASSIGNED : told ? Kind.STRUCTURED : Kind.SPOKEN);
	}

}
