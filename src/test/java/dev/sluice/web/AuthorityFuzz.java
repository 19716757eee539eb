package dev.sluice.web;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import dev.sluice.oci.Digest;
import dev.sluice.testing.LinearTime;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;

import org.springframework.http.HttpHeaders;

/**
 * Clients' headers that say where they are going, whence they come, by whom, and what
 * they have; lines end with a line feed.
 */
public final class AuthorityFuzz {

	private static final FrontDoor DOOR = new FrontDoor(List.of("mirror.example:5050"), List.of("claimed.example"));

	private static final Digest DIGEST = Digest.parse("sha256:" + "0".repeat(64));

	private static final TrustedProxies ALL = new TrustedProxies((address) -> true);

	private static final InetAddress PEER = InetAddress.getLoopbackAddress();

	private AuthorityFuzz() {
	}

	public static void fuzzerTestOneInput(byte[] input) {
		String text = new String(input, StandardCharsets.ISO_8859_1);
		List<String> lines = Arrays.asList(text.split("\n", -1));
		LinearTime.spend(() -> {
			Authority.parse(text).ifPresent(AuthorityFuzz::readAgain);
			admit(lines);
			forwarded(lines);
			new EntityTags(lines).include(DIGEST);
			new EntityTags(lines).includeStrongly(DIGEST);
			new EntityTags(lines).areExactly(DIGEST);
		});
	}

	private static void readAgain(Authority authority) {
		hold(Authority.parse(authority.toString()).filter(authority::equals).isPresent(), "another when read again",
				authority.toString());
	}

	/** Whoever is let in has a host as it may stand in a header. */
	private static void admit(List<String> lines) {
		DefaultHttpHeaders headers = (DefaultHttpHeaders) DefaultHttpHeadersFactory.headersFactory()
			.withValidation(false)
			.newHeaders();
		headers.add(HttpHeaderNames.HOST, lines.getFirst());
		lines.stream().skip(1).forEach((line) -> headers.add(HttpHeaderNames.ORIGIN, line));
		if (DOOR.refusal(headers, true, true).isEmpty()) {
			String host = headers.get(HttpHeaderNames.HOST);
			boolean none = host.chars().allMatch((c) -> c == ' ' || c == '\t');
			hold(none || Authority.parse(host).isPresent(), "no host", host);
		}
	}

	private static void forwarded(List<String> lines) {
		HttpHeaders headers = new HttpHeaders();
		lines.forEach((line) -> headers.add("Forwarded", line));
		ALL.clientOf(PEER, headers);
		headers.clear();
		lines.forEach((line) -> headers.add("X-Forwarded-For", line));
		ALL.clientOf(PEER, headers);
	}

	private static void hold(boolean holds, String fault, String text) {
		if (!holds) {
			throw new IllegalStateException(fault + ": " + text);
		}
	}

}
