package dev.sluice.upstream;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import dev.sluice.oci.Printable;

/**
 * What {@code Content-Encoding} says (RFC 9110, 8.4): object stores and proxies write
 * things there that code nothing.
 */
final class ContentCodings {

	/** S3's clients leave {@code aws-chunked} on what they uploaded. */
	private static final Set<String> NONE = Set.of("", "identity", "none", "aws-chunked", "binary", "utf-8", "utf8",
			"us-ascii", "iso-8859-1", "7bit", "8bit");

	private ContentCodings() {
	}

	/**
	 * Looks for a coding that codes something, in linear time.
	 * @param lines all lines of the header
	 * @return the first one, printable
	 */
	static Optional<String> real(List<String> lines) {
		for (String line : lines) {
			for (int start = 0; start <= line.length();) {
				int comma = line.indexOf(',', start);
				int end = (comma < 0) ? line.length() : comma;
				String coding = line.substring(start, end).strip();
				if (!NONE.contains(coding.toLowerCase(Locale.ROOT))) {
					return Optional.of(Printable.of(coding));
				}
				start = end + 1;
			}
		}
		return Optional.empty();
	}

}
