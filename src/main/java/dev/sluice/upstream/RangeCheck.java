package dev.sluice.upstream;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import dev.sluice.oci.ByteRange;
import dev.sluice.oci.ContentRange;
import dev.sluice.oci.MediaTypes;
import io.netty.handler.codec.http.HttpHeaderNames;

/**
 * Holds what came against the range that was asked for: a part that isn't the one asked
 * for, at the wrong place of a layer, is found out by its digest at the earliest.
 */
final class RangeCheck {

	private RangeCheck() {
	}

	/**
	 * Looks for what is wrong.
	 * @param asked the range asked for, if only a part was
	 * @param answer a 200 or 206
	 * @return what is wrong with it, behind the registry's name
	 */
	static Optional<String> fault(Optional<ByteRange> asked, UpstreamAnswer answer) {
		List<String> lines = answer.headers().getAll(HttpHeaderNames.CONTENT_RANGE).stream().distinct().toList();
		Optional<ContentRange.Part> part = answer.contentRange();
		String said = lines.isEmpty() ? "no Content-Range" : "Content-Range " + answer.shown(String.join(", ", lines));
		if (answer.header(HttpHeaderNames.CONTENT_TYPE).filter(RangeCheck::isOfSeveral).isPresent()) {
			return Optional.of("answered several parts in one (" + answer.status() + ")");
		}
		if (answer.status() == 206) {
			return part.map((it) -> partFault(asked, it, answer.contentLength(), said))
				.orElseGet(() -> Optional.of("answered a part of it (206) with " + said));
		}
		boolean whole = lines.isEmpty() || part.filter((it) -> it.isWhole(answer.contentLength())).isPresent();
		return whole ? Optional.empty() : Optional.of("answered all of it (200) with " + said);
	}

	private static boolean isOfSeveral(String contentType) {
		return MediaTypes.withoutParameters(contentType).equalsIgnoreCase("multipart/byteranges");
	}

	private static Optional<String> partFault(Optional<ByteRange> asked, ContentRange.Part part, OptionalLong announced,
			String said) {
		if (asked.isEmpty()) {
			return Optional.of("answered a part of it (206) when asked for all of it");
		}
		if (!part.answers(asked.get())) {
			return Optional.of("answered a part of it (206) with " + said + " when asked for " + asked.get());
		}
		return (announced.orElse(part.size()) == part.size()) ? Optional.empty()
				: Optional.of("answered " + announced.getAsLong() + " bytes with " + said);
	}

}
