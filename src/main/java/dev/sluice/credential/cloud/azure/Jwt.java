package dev.sluice.credential.cloud.azure;

import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

import dev.sluice.credential.cloud.Expiry;
import dev.sluice.json.FieldPaths;
import dev.sluice.json.JsonFields;

/**
 * What a token says of itself (RFC 7519). Nothing is verified: whoever issued it is asked
 * with it.
 */
final class Jwt {

	private static final FieldPaths EXPIRY = FieldPaths.of("exp");

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
			return JsonFields.read(Base64.getUrlDecoder().decode(parts[1]), EXPIRY).text("exp").flatMap(Expiry::at);
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

}
