package dev.sluice.transport;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * What {@code Transfer-Encoding} says (RFC 9112, 6.1). The codec takes chunks apart and
 * nothing else, and we never offer ({@code TE}) to take more: what is coded otherwise
 * too, or in chunks twice, isn't the content.
 */
final class TransferCodings {

	private static final List<String> CHUNKED = List.of("chunked");

	/** Those that there are (RFC 9112, 7), for messages. */
	private static final Set<String> KNOWN = Set.of("chunked", "compress", "x-compress", "deflate", "gzip", "x-gzip",
			"br", "zstd");

	/** An obsolete way to say that there is no coding. */
	private static final Set<String> NONE = Set.of("", "identity");

	private TransferCodings() {
	}

	/**
	 * Looks for more than the codec undoes.
	 * @param headers an answer's headers
	 * @return the codings, in words of ours, where there is any but one {@code chunked}
	 */
	static Optional<String> unreadable(HttpHeaders headers) {
		List<String> codings = HeaderItems.of(headers.getAll(HttpHeaderNames.TRANSFER_ENCODING))
			.map((coding) -> coding.toLowerCase(Locale.ROOT))
			.filter((coding) -> !NONE.contains(coding))
			.toList();
		return (codings.isEmpty() || codings.equals(CHUNKED)) ? Optional.empty()
				: Optional.of(codings.stream()
					.map((coding) -> KNOWN.contains(coding) ? coding : "something unknown")
					.collect(Collectors.joining(", ")));
	}

}
