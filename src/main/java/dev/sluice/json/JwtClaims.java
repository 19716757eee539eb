package dev.sluice.json;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What a token says of itself (RFC 7519). Nothing is verified: that is for whoever issued
 * it. In linear time.
 */
public final class JwtClaims {

	private JwtClaims() {
	}

	/**
	 * Reads a token's claims, which stand between its two dots (RFC 7515, 3.1).
	 * @param token perhaps a JWT
	 * @param wanted the claims to read
	 * @return them, of whatever else none
	 */
	public static JsonFields of(String token, FieldPaths wanted) {
		int first = token.indexOf('.');
		int second = token.indexOf('.', first + 1);
		boolean jwt = first >= 0 && second > first && token.indexOf('.', second + 1) < 0;
		try {
			String payload = jwt ? token.substring(first + 1, second) : "";
			return JsonFields.read(Base64.getUrlDecoder().decode(payload.getBytes(StandardCharsets.ISO_8859_1)),
					wanted);
		}
		catch (IllegalArgumentException ex) {
			return JsonFields.read(new byte[0], wanted);
		}
	}

}
