package dev.sluice.transport;

import java.net.URI;
import java.nio.charset.StandardCharsets;

import dev.sluice.testing.LinearTime;

/**
 * Locations, realms, endpoints and links. What is read must be fit for a request line,
 * and mean the same when read again.
 */
public final class UrlFuzz {

	private static final Url BASE = Url.parse("https://registry.example/v2/acme/app/blobs/sha256:00?a=b");

	private UrlFuzz() {
	}

	public static void fuzzerTestOneInput(byte[] input) {
		String text = new String(input, StandardCharsets.ISO_8859_1);
		LinearTime.spend(() -> read(text));
	}

	private static void read(String text) {
		Url url;
		try {
			url = BASE.resolve(text);
		}
		catch (IllegalArgumentException ex) {
			return;
		}
		if (!url.target().startsWith("/") || !url.target().chars().allMatch((c) -> c > 0x20 && c < 0x7f)) {
			throw new IllegalStateException("not for a request line: " + url.target());
		}
		if (!Url.parse(url.text()).equals(url)) {
			throw new IllegalStateException("means another when read again: " + url.text());
		}
		if (url.origin().host().indexOf('_') < 0 && !url.origin().host().contains("..")) {
			URI.create(url.origin() + "/");
		}
	}

}
