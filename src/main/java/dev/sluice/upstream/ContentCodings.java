package dev.sluice.upstream;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import dev.sluice.transport.HeaderItems;

/**
 * What {@code Content-Encoding} says (RFC 9110, 8.4): object stores and proxies write
 * things there that code nothing.
 */
final class ContentCodings {

	/** S3's clients leave {@code aws-chunked} on what they uploaded. */
	private static final Set<String> NONE = Set.of("", "identity", "none", "aws-chunked", "binary", "utf-8", "utf8",
			"us-ascii", "iso-8859-1", "7bit", "8bit", "x-identity", "null", "undefined");

	private ContentCodings() {
	}

	/**
	 * Looks for a coding that codes something, in linear time.
	 * @param lines all lines of the header
	 * @return the first one, as it came
	 */
	static Optional<String> real(List<String> lines) {
		return HeaderItems.of(lines).filter((coding) -> !codesNothing(coding)).findFirst();
	}

	/** A media type is none: it stands there by mistake. */
	private static boolean codesNothing(String coding) {
		return NONE.contains(coding.toLowerCase(Locale.ROOT)) || coding.indexOf('/') >= 0;
	}

}
