package dev.sluice.token;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;

import dev.sluice.credential.Secret;
import dev.sluice.json.FieldPaths;
import dev.sluice.json.JsonFields;
import dev.sluice.oci.UpstreamException;
import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Reads the token out of a token server's answer, in linear time. {@code access_token}
 * and {@code token} are the same by the spec; {@code access_token} is taken first, as
 * Docker and containerd do, and an empty one counts as absent. As for Go's clients the
 * names are taken in any case, and what follows the object doesn't matter. Thread-safe.
 */
final class TokenReader {

	private static final FieldPaths FIELDS = FieldPaths.inAnyCase("access_token", "token", TokenLifetime.EXPIRES_IN,
			TokenLifetime.ISSUED_AT);

	private static final int LONGEST_DATE = 64;

	private final InstantSource clock;

	TokenReader(InstantSource clock) {
		this.clock = clock;
	}

	/**
	 * Reads a token.
	 * @param server the token server in words
	 * @param headers the answer's headers; its {@code Date} is the server's clock
	 * @param body the answer's body
	 * @return the token
	 * @throws UpstreamException.InvalidAnswer if there is none
	 */
	Token read(String server, HttpHeaders headers, byte[] body) {
		JsonFields answer = JsonFields.read(body, FIELDS);
		if (!answer.beginsWithObject()) {
			throw new UpstreamException.InvalidAnswer(server + " answers with something else than a JSON object");
		}
		String token = answer.text("access_token")
			.filter((text) -> !text.isEmpty())
			.or(() -> answer.text("token"))
			.orElse("");
		if (token.isEmpty()) {
			throw new UpstreamException.InvalidAnswer(server + " answers without a token");
		}
		if (!token.chars().allMatch((character) -> character > 0x20 && character < 0x7f)) {
			throw new UpstreamException.InvalidAnswer(server + " answers with a token that no header can hold");
		}
		Instant received = this.clock.instant();
		return Token.of(new Secret(token), received, TokenLifetime.left(answer, token, serverTime(headers, received)));
	}

	private static Instant serverTime(HttpHeaders headers, Instant fallback) {
		String text = headers.get(HttpHeaderNames.DATE);
		boolean readable = text != null && !text.isEmpty() && text.length() <= LONGEST_DATE;
		@Nullable Date date = readable ? DateFormatter.parseHttpDate(text) : null;
		return (date != null) ? date.toInstant() : fallback;
	}

}
