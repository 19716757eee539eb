package dev.sluice.testing;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers a GET or HEAD of bytes, whole or by {@code Range} (RFC 9110, section 14):
 * single, open and suffix ranges; several ranges, or one that is not well formed, get the
 * whole.
 */
final class Ranges {

	private static final Pattern SINGLE = Pattern.compile("bytes=(\\d*)-(\\d*)");

	private Ranges() {
	}

	static Answer answer(RecordedRequest request, String contentType, ByteSource body) {
		Answer whole = Answer.of(200, contentType, body).with("Accept-Ranges", "bytes");
		Matcher range = SINGLE.matcher(request.header("Range").orElse(""));
		if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
			return whole;
		}
		return part(whole, range.group(1), range.group(2));
	}

	private static Answer part(Answer whole, String first, String last) {
		long size = whole.body().size();
		boolean suffix = first.isEmpty();
		long from = suffix ? Math.max(0, size - Long.parseLong(last)) : Long.parseLong(first);
		long to = (suffix || last.isEmpty()) ? size - 1 : Math.min(size - 1, Long.parseLong(last));
		if (from > to || from >= size) {
			return Answer.error(416, "RANGE_INVALID", "invalid content range")
				.with("Content-Range", "bytes */" + size)
				.with("Accept-Ranges", "bytes");
		}
		return new Answer(206, whole.headers(), whole.body(), whole.start(), whole.fault())
			.withBody(whole.body().slice(from, to - from + 1))
			.with("Content-Range", "bytes " + from + "-" + to + "/" + size);
	}

}
