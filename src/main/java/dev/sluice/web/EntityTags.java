package dev.sluice.web;

import java.util.List;
import java.util.function.Predicate;

import dev.sluice.oci.Digest;

/**
 * The entity tags of an {@code If-Match}, {@code If-None-Match} or {@code If-Range}
 * header (RFC 9110, 8.8.3). A content's tag is its digest. Immutable.
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
		return anyIs((tag) -> isOf(digest, tag.startsWith("W/") ? tag.substring(2).strip() : tag));
	}

	/**
	 * Whether a content is among them, by the strong comparison: in one pass, too.
	 * @param digest the content's digest
	 * @return whether its tag, also one without quotes, or {@code *} is there
	 */
	boolean includeStrongly(Digest digest) {
		return anyIs((tag) -> isOf(digest, tag));
	}

	/**
	 * Whether a content is the only one meant, by the strong comparison.
	 * @param digest the content's digest
	 * @return whether its tag stands there alone
	 */
	boolean areExactly(Digest digest) {
		return this.lines.size() == 1 && this.lines.getFirst().strip().equals(of(digest));
	}

	private static boolean isOf(Digest digest, String tag) {
		return tag.equals("*") || tag.equals(of(digest)) || tag.equals(digest.toString());
	}

	private boolean anyIs(Predicate<String> wanted) {
		return this.lines.stream().anyMatch((line) -> anyIs(line, wanted));
	}

	private static boolean anyIs(String line, Predicate<String> wanted) {
		for (int at = 0; at < line.length();) {
			int end = end(line, at);
			if (wanted.test(line.substring(at, end).strip())) {
				return true;
			}
			at = end + 1;
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
