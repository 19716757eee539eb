package dev.sluice.transport;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import dev.sluice.oci.Printable;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * What {@code Transfer-Encoding} says (RFC 9112, 6.1). The codec takes chunks apart and
 * nothing else, and we never offer ({@code TE}) to take more: what is coded otherwise
 * too, or in chunks twice, isn't the content.
 */
final class TransferCodings {

	private static final List<String> CHUNKED = List.of("chunked");

	/** Of old it says that there is none. */
	private static final Set<String> NONE = Set.of("", "identity");

	private TransferCodings() {
	}

	/**
	 * Looks for more than the codec undoes.
	 * @param headers an answer's headers
	 * @return the codings, printable, where there is any but one {@code chunked}
	 */
	static Optional<String> unreadable(HttpHeaders headers) {
		List<String> lines = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
		List<String> codings = HeaderItems.of(lines)
			.map((coding) -> coding.toLowerCase(Locale.ROOT))
			.filter((coding) -> !NONE.contains(coding))
			.toList();
		return (codings.isEmpty() || codings.equals(CHUNKED)) ? Optional.empty()
				: Optional.of(Printable.of(String.join(", ", lines)));
	}

}
