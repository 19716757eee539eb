package dev.sluice.token;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import dev.sluice.oci.UpstreamException;
import dev.sluice.testing.LinearTime;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * A token server's answer: a {@code Date} on the first line, the body below; and the body
 * as an error's.
 */
public final class TokenAnswerFuzz {

	private static final TokenReader READER = new TokenReader(() -> Instant.EPOCH);

	private TokenAnswerFuzz() {
	}

	public static void fuzzerTestOneInput(byte[] input) {
		String date = new String(input, StandardCharsets.ISO_8859_1).lines().findFirst().orElse("");
		byte[] body = (date.length() < input.length) ? Arrays.copyOfRange(input, date.length() + 1, input.length)
				: new byte[0];
		HttpHeaders headers = new DefaultHttpHeaders(false).set("Date", date).set("Retry-After", date);
		LinearTime.spend(() -> {
			RegistryError.read(body, SentSecrets.of(List.of("s3cret")));
			RetryAfter.of(headers).ifPresent(TokenAnswerFuzz::mustBeShort);
			try {
				READER.read("server", headers, body);
			}
			catch (UpstreamException.InvalidAnswer ex) {
				// that is its answer
			}
		});
	}

	private static void mustBeShort(String value) {
		if (value.length() > 32) {
			throw new IllegalStateException("neither seconds nor a date: " + value);
		}
	}

}
