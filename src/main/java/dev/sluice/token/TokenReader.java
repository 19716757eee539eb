package dev.sluice.token;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;

import dev.sluice.credential.Secret;
import dev.sluice.oci.RegistryException;
import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the token out of a token server's answer. {@code access_token} and {@code token}
 * are the same by the spec; {@code access_token} is taken first, as Docker and containerd
 * do, and an empty one counts as absent. Thread-safe.
 */
final class TokenReader {

	private final JsonMapper json = JsonMapper.shared();

	private final TokenLifetime lifetime = new TokenLifetime(this.json);

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
	 * @throws RegistryException.InvalidAnswer if there is none
	 */
	Token read(String server, HttpHeaders headers, byte[] body) {
		JsonNode answer = tree(server, body);
		String token = answer.path("access_token").asString("");
		if (token.isEmpty()) {
			token = answer.path("token").asString("");
		}
		if (token.isEmpty()) {
			throw new RegistryException.InvalidAnswer(server + " answers without a token");
		}
		if (!token.chars().allMatch((character) -> character > 0x20 && character < 0x7f)) {
			throw new RegistryException.InvalidAnswer(server + " answers with a token that no header can hold");
		}
		Instant received = this.clock.instant();
		return Token.of(new Secret(token), received, this.lifetime.left(answer, token, serverTime(headers, received)));
	}

	private JsonNode tree(String server, byte[] body) {
		try {
			JsonNode answer = this.json.readTree(body);
			if (answer.isObject()) {
				return answer;
			}
		}
		catch (JacksonException ex) {
			// its message quotes the body: it isn't passed on
		}
		throw new RegistryException.InvalidAnswer(server + " answers with something else than a JSON object");
	}

	private static Instant serverTime(HttpHeaders headers, Instant fallback) {
		String text = headers.get(HttpHeaderNames.DATE);
		@Nullable Date date = (text != null && !text.isEmpty()) ? DateFormatter.parseHttpDate(text) : null;
		return (date != null) ? date.toInstant() : fallback;
	}

}
