package dev.sluice.upstream;

import java.util.List;
import java.util.Optional;
import java.util.StringTokenizer;

/**
 * Reads {@code Link} headers (RFC 8288, 3) in one pass, and more than the grammar has:
 * what is no link is skipped. {@value #LINES} lines of {@value #LONGEST} characters at
 * most are read. For one thread.
 */
final class LinkHeader {

	private static final int LINES = 16;

	private static final int LONGEST = 16 * 1024;

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
		return (hasMore() && here() == '"') ? quoted() : word();
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
		StringBuilder value = new StringBuilder();
		for (this.at++; hasMore() && here() != '"'; this.at++) {
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
