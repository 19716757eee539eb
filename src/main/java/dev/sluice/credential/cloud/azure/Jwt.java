package dev.sluice.credential.cloud.azure;

import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a token says of itself (RFC 7519). Nothing is verified: whoever issued it is asked
 * with it.
 */
final class Jwt {

	private Jwt() {
	}

	/**
	 * When a token expires.
	 * @param token perhaps a JWT
	 * @return its {@code exp}, or empty if it has none
	 */
	static Optional<Instant> end(String token) {
		String[] parts = token.split("\\.", 3);
		if (parts.length < 3) {
			return Optional.empty();
		}
		try {
			long end = JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(parts[1])).path("exp").asLong(0);
			return (end > 0) ? Optional.of(Instant.ofEpochSecond(end)) : Optional.empty();
		}
		catch (IllegalArgumentException | JacksonException ex) {
			return Optional.empty();
		}
	}

}
