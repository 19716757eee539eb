package dev.sluice.diagnose;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.sluice.oci.ErrorCode;
import dev.sluice.oci.RequestException;

/**
 * A login that stands before a host, {@code user:password@host/…}: it belongs in no image
 * and on no screen.
 */
final class PastedLogin {

	private static final String ALGORITHM = "(?:sha\\d{1,4}|blake3|md5)[:-]";

	private static final Pattern DIGEST = Pattern.compile(ALGORITHM + ".*", Pattern.DOTALL);

	private static final Pattern ROW = Pattern.compile("[^\\r\\n]++");

	/** Within a word: what stands behind may be a password. */
	private static final Pattern COLON = Pattern.compile("[^\\s:]:(?=\\S)");

	/** Or at its end, if the password begins with a blank. */
	private static final Pattern LAST_COLON = Pattern.compile("[^\\s:]:");

	private static final Pattern AT = Pattern.compile("@(?!" + ALGORITHM + ")");

	/** What ends a word or a value somewhere, so that a password's front would be one. */
	private static final Pattern ENDING = Pattern.compile("[\\s;|,'\"`{}~#&<>()\\\\^*$]");

	private static final Pattern HOST = Pattern
		.compile("(?:[A-Za-z0-9][A-Za-z0-9._-]{0,252}|\\[[0-9A-Fa-f:.]{2,45}])(?::\\d{1,5})?/.*", Pattern.DOTALL);

	private PastedLogin() {
	}

	/**
	 * Puts a star in the place of what may be a login with a character in it that ends a
	 * word: where that login begins and ends nobody knows. A plain one stays.
	 * @param text what was pasted
	 * @return the text without it, and without the host behind it
	 */
	static String hidden(String text) {
		return (text.indexOf('@') < 0) ? text
				: ROW.matcher(text).replaceAll((row) -> Matcher.quoteReplacement(inRow(row.group())));
	}

	/** With a blank in it, it may be all of the row. */
	private static String inRow(String row) {
		int at = AT.matcher(row).results().mapToInt(MatchResult::start).reduce(0, (_, last) -> last);
		int word = start(row, at);
		boolean own = COLON.matcher(row).region(word, at).find();
		Matcher colon = (own ? COLON : LAST_COLON).matcher(row).region(0, at);
		if (!colon.find() || !ENDING.matcher(row).region(colon.end(), at).find()) {
			return row;
		}
		int start = start(row, colon.start());
		int end = (start < word) ? row.length() : at;
		while (end < row.length() && !Character.isWhitespace(row.charAt(end))) {
			end++;
		}
		return row.substring(0, start) + PastedSecrets.HIDDEN + row.substring(end);
	}

	private static int start(String row, int within) {
		int start = within;
		while (start > 0 && !Character.isWhitespace(row.charAt(start - 1))) {
			start--;
		}
		return start;
	}

	/**
	 * Leaves a login out, as {@link #removed}.
	 * @param name a word
	 * @return the name without it; empty where it is none
	 */
	static Optional<String> tryRemoved(String name) {
		int at = name.lastIndexOf('@');
		boolean digest = at >= 0 && DIGEST.matcher(name).region(at + 1, name.length()).matches();
		String reference = digest ? name.substring(at) : "";
		String rest = digest ? name.substring(0, at) : name;
		int login = rest.lastIndexOf('@');
		if (login <= 0) {
			return Optional.of(name);
		}
		String image = rest.substring(login + 1);
		return HOST.matcher(image).matches() ? Optional.of(image + reference) : Optional.empty();
	}

	/**
	 * Leaves a login out. A password may have any character in it, also a slash and an at
	 * sign.
	 * @param name an image's name, perhaps with a login before it
	 * @return the name without it
	 * @throws RequestException.Malformed if an at sign stands where neither a digest nor
	 * a registry follows: what stands before it may be a password, so nothing is quoted
	 */
	static String removed(String name) {
		return tryRemoved(name).orElseThrow(() -> new RequestException.Malformed(ErrorCode.NAME_INVALID,
				"what was pasted has an @, and behind it neither a digest (sha256:…) nor a registry and a"
						+ " repository: expected [registry/]repository[:tag][@digest]"));
	}

}
