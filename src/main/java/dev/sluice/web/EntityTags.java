package dev.sluice.web;

import java.util.List;

import dev.sluice.oci.Digest;

/**
 * The entity tags of an {@code If-None-Match} or {@code If-Range} header (RFC 9110,
 * 8.8.3). A content's tag is its digest. Immutable.
 */
final class EntityTags {

	private final List<String> lines;

	EntityTags(List<String> lines) {
		this.lines = List.copyOf(lines);
	}

	/**
	 * The tag of a content.
	 * @param digest its digest
	 * @return the tag, in its quotes
	 */
	static String of(Digest digest) {
		return '"' + digest.toString() + '"';
	}

	boolean isEmpty() {
		return this.lines.isEmpty();
	}

	/**
	 * Whether a content is among them, by the weak comparison (RFC 9110, 8.8.3.2): it
	 * takes one pass over the lines.
	 * @param digest the content's digest
	 * @return whether its tag, also a weak one or one without quotes, or {@code *} is
	 * there
	 */
	boolean include(Digest digest) {
		return this.lines.stream().anyMatch((line) -> include(line, digest));
	}

	/**
	 * Whether a content is the only one meant, by the strong comparison.
	 * @param digest the content's digest
	 * @return whether its tag stands there alone
	 */
	boolean areExactly(Digest digest) {
		return this.lines.size() == 1 && this.lines.getFirst().strip().equals(of(digest));
	}

	private static boolean include(String line, Digest digest) {
		int at = 0;
		while (at < line.length()) {
			int start = line.startsWith("W/", at) ? at + 2 : at;
			int end = end(line, start);
			String tag = line.substring(start, end).strip();
			if (tag.equals("*") || tag.equals(of(digest)) || tag.equals(digest.toString())) {
				return true;
			}
			at = end + 1;
			while (at < line.length() && line.charAt(at) == ' ') {
				at++;
			}
		}
		return false;
	}

	/** Where a tag ends: at a comma that isn't within quotes. */
	private static int end(String line, int start) {
		boolean quoted = false;
		int at = start;
		while (at < line.length() && (quoted || line.charAt(at) != ',')) {
			quoted ^= line.charAt(at) == '"';
			at++;
		}
		return at;
	}

}
