package dev.sluice.token;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A scanner for one line of {@code WWW-Authenticate} (RFC 9110, 11.2 to 11.6.1). It
 * forgives what registries get wrong: values that should be quoted, a missing comma,
 * spaces around {@code =}. A quoted string without its end is no value, since half a
 * realm is another realm. Of a parameter that is given twice the first counts.
 */
final class ChallengeParser {

	/** Characters in all; a line for which there is no room isn't read. */
	static final int LIMIT = 16 * 1024;

	/** Challenges in all. */
	static final int MOST = 32;

	/** Parameters of each. */
	static final int MOST_PARAMETERS = 32;

	private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

	private static final String TOKEN68_MARKS = "-._~+/";

	private final String line;

	private final List<Challenge> found;

	private final Map<String, String> parameters = new LinkedHashMap<>();

	private @Nullable String scheme;

	private int position;

	private ChallengeParser(String line, List<Challenge> found) {
		this.line = line;
		this.found = found;
	}

	static List<Challenge> parse(List<String> lines) {
		List<Challenge> found = new ArrayList<>();
		int left = LIMIT;
		for (String line : lines) {
			if (line.length() <= left) {
				left -= line.length();
				new ChallengeParser(line, found).scan();
			}
		}
		return List.copyOf(found);
	}

	private void scan() {
		skip(" \t,");
		while (!atEnd()) {
			String token = readWhile(TOKEN_MARKS);
			skip(" \t");
			if (token.isEmpty()) {
				skipJunk();
			}
			else if (at('=')) {
				this.position++;
				addParameter(token);
			}
			else {
				endChallenge();
				this.scheme = token;
				skipToken68();
			}
			skip(" \t,");
		}
		endChallenge();
	}

	private void endChallenge() {
		if (this.scheme != null && this.found.size() < MOST) {
			this.found.add(new Challenge(this.scheme, this.parameters));
		}
		this.parameters.clear();
	}

	private void addParameter(String name) {
		skip(" \t");
		String value = at('"') ? readQuoted() : readUnquoted();
		if (value != null && this.parameters.size() < MOST_PARAMETERS) {
			this.parameters.putIfAbsent(name.toLowerCase(Locale.ROOT), value);
		}
	}

	private @Nullable String readQuoted() {
		StringBuilder value = new StringBuilder();
		this.position++;
		while (!atEnd() && !at('"')) {
			if (at('\\') && this.position + 1 < this.line.length()) {
				this.position++;
			}
			value.append(this.line.charAt(this.position++));
		}
		boolean ended = at('"');
		this.position++;
		return ended ? value.toString() : null;
	}

	private String readUnquoted() {
		int start = this.position;
		while (!atEnd() && !at(',') && !at(' ') && !at('\t')) {
			this.position++;
		}
		return this.line.substring(start, this.position);
	}

	private void skipToken68() {
		int start = this.position;
		String token68 = readWhile(TOKEN68_MARKS);
		skip("=");
		skip(" \t");
		boolean whole = !token68.isEmpty() && (atEnd() || at(','));
		this.position = whole ? this.position : start;
	}

	private void skipJunk() {
		if (at('"')) {
			readQuoted();
		}
		else {
			this.position++;
		}
	}

	private String readWhile(String marks) {
		int start = this.position;
		while (!atEnd() && (isAlphanumeric(this.line.charAt(this.position))
				|| marks.indexOf(this.line.charAt(this.position)) >= 0)) {
			this.position++;
		}
		return this.line.substring(start, this.position);
	}

	private void skip(String characters) {
		while (!atEnd() && characters.indexOf(this.line.charAt(this.position)) >= 0) {
			this.position++;
		}
	}

	private boolean at(char character) {
		return !atEnd() && this.line.charAt(this.position) == character;
	}

	private boolean atEnd() {
		return this.position >= this.line.length();
	}

	private static boolean isAlphanumeric(char character) {
		return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z')
				|| (character >= '0' && character <= '9');
	}

}
