package dev.sluice.upstream;

import java.util.List;
import java.util.Optional;
import java.util.StringTokenizer;

/**
 * Reads {@code Link} headers (RFC 8288, 3) in one pass, and more than the grammar has, as
 * the field's clients do: what is no link is skipped, a target may lack its brackets, and
 * a relation may stand in single quotes. {@value #LINES} lines of {@value #LONGEST}
 * characters at most are read, which is more than an answer may have. For one thread.
 */
final class LinkHeader {

	private static final int LINES = 200;

	private static final int LONGEST = 32 * 1024;

	private final String text;

	private int at;

	private LinkHeader(String text) {
		this.text = text;
	}

	/**
	 * Finds the link to what comes next.
	 * @param lines the lines of the header
	 * @return the first target with the relation {@code next}, as written
	 */
	static Optional<String> next(List<String> lines) {
		return lines.stream()
			.limit(LINES)
			.filter((line) -> line.length() <= LONGEST)
			.flatMap((line) -> new LinkHeader(line).next().stream())
			.findFirst();
	}

	private Optional<String> next() {
		return (this.text.indexOf('<') < 0) ? nextWithoutBrackets() : nextInBrackets();
	}

	private Optional<String> nextWithoutBrackets() {
		this.at = Math.max(this.text.indexOf(';'), 0);
		String target = this.text.substring(0, this.at).strip();
		return (!target.isEmpty() && target.indexOf('>') < 0 && parametersSayNext()) ? Optional.of(target)
				: Optional.empty();
	}

	private Optional<String> nextInBrackets() {
		while ((this.at = this.text.indexOf('<', this.at)) >= 0) {
			int end = this.text.indexOf('>', this.at);
			if (end < 0) {
				break;
			}
			String target = this.text.substring(this.at + 1, end);
			this.at = end + 1;
			if (parametersSayNext()) {
				return Optional.of(target);
			}
		}
		return Optional.empty();
	}

	/** Reads the parameters of one link; of several {@code rel} the first counts. */
	private boolean parametersSayNext() {
		Optional<Boolean> next = Optional.empty();
		while (hasMore() && here() != ',') {
			if (here() == '"') {
				quoted();
			}
			else if (here() != ';') {
				this.at++;
			}
			else {
				this.at++;
				boolean rel = word().equalsIgnoreCase("rel");
				String value = value();
				next = (rel && next.isEmpty()) ? Optional.of(isNext(value)) : next;
			}
		}
		return next.orElse(false);
	}

	private String value() {
		skipBlanks();
		if (!hasMore() || here() != '=') {
			return "";
		}
		this.at++;
		skipBlanks();
		return (hasMore() && (here() == '"' || here() == '\'')) ? quoted() : word();
	}

	private String word() {
		skipBlanks();
		int start = this.at;
		while (hasMore() && ";,=\" \t".indexOf(here()) < 0) {
			this.at++;
		}
		return this.text.substring(start, this.at);
	}

	private String quoted() {
		char quote = here();
		StringBuilder value = new StringBuilder();
		for (this.at++; hasMore() && here() != quote; this.at++) {
			if (here() == '\\') {
				this.at++;
			}
			if (hasMore()) {
				value.append(here());
			}
		}
		this.at++;
		return value.toString();
	}

	private void skipBlanks() {
		while (hasMore() && (here() == ' ' || here() == '\t')) {
			this.at++;
		}
	}

	private boolean hasMore() {
		return this.at < this.text.length();
	}

	private char here() {
		return this.text.charAt(this.at);
	}

	private static boolean isNext(String relations) {
		StringTokenizer each = new StringTokenizer(relations);
		while (each.hasMoreTokens()) {
			if (each.nextToken().equalsIgnoreCase("next")) {
				return true;
			}
		}
		return false;
	}

}
