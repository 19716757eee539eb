package dev.sluice.web;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import dev.sluice.oci.RegistryRequest;
import dev.sluice.oci.RequestException;
import dev.sluice.testing.LinearTime;

/**
 * Clients' targets, and the queries of registries' next pages. What is made of them must
 * be fit for a request line and a header, stay what it is, and lead nobody to another
 * registry.
 */
public final class QueryFuzz {

	private QueryFuzz() {
	}

	public static void fuzzerTestOneInput(byte[] input) {
		String text = new String(input, StandardCharsets.ISO_8859_1);
		LinearTime.spend(() -> {
			RequestTarget.parse(text).ifPresent(QueryFuzz::read);
			RequestTarget.parse("/v2/?" + text).ifPresent(QueryFuzz::read);
		});
	}

	private static void read(RequestTarget target) {
		String path = target.path();
		hold(path.startsWith("/") && path.chars().allMatch((c) -> c > 0x20 && c < 0x7f && "<>\"\\".indexOf(c) < 0),
				"not for a request line", path);
		hold(RequestTarget.parse(path).filter((again) -> again.path().equals(path)).isPresent(),
				"another when read again", path);
		int mark = path.indexOf('?');
		try {
			RegistryRequest.parse((mark < 0) ? path : path.substring(0, mark));
		}
		catch (RequestException.Malformed | RequestException.NotFound ex) {
			// that is its answer
		}
		if (mark >= 0) {
			query(path.substring(mark + 1));
		}
	}

	private static void query(String query) {
		try {
			ClientQuery read = ClientQuery.of(query);
			read.namespace();
			hold(ClientQuery.of(read.withoutNamespace()).namespace().isEmpty(), "leads to another registry", query);
			PageLink.of(query, "/v2/a/tags/list", Optional.of("docker.io"))
				.ifPresent((link) -> hold(link.indexOf('>') == link.lastIndexOf('>'), "more than one target", link));
		}
		catch (RequestException.Malformed ex) {
			// too many parameters
		}
	}

	private static void hold(boolean holds, String fault, String text) {
		if (!holds) {
			throw new IllegalStateException(fault + ": " + text);
		}
	}

}
