package dev.sluice.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a token server's answer looks like. Immutable.
 *
 * @param fields which of {@code token} and {@code access_token} it has
 * @param lifetimeStated whether it has {@code expires_in}
 * @param issuedAtSkew by how much {@code issued_at} is off, or {@code null} for none
 * @param jwt whether the token is a JWT with {@code exp}
 */
public record TokenShape(Fields fields, boolean lifetimeStated, @Nullable Duration issuedAtSkew, boolean jwt) {

	/** The members that can hold the token. */
	public enum Fields {

		/** As Quay and GHCR have it. */
		TOKEN,

		/** As Azure and OAuth 2 have it. */
		ACCESS_TOKEN,

		/** Both, equal. */
		BOTH,

		/** {@code token}, and an empty {@code access_token}, as Harbor has it. */
		TOKEN_AND_EMPTY_ACCESS_TOKEN,

		/** Neither. */
		NEITHER

	}

	/** {@code token} and {@code expires_in}, nothing else. */
	public static TokenShape plain() {
		return new TokenShape(Fields.TOKEN, true, null, false);
	}

	/** The same with the token in other members. */
	public TokenShape in(Fields others) {
		return new TokenShape(others, this.lifetimeStated, this.issuedAtSkew, this.jwt);
	}

	/** The same with no {@code expires_in}. */
	public TokenShape withoutLifetime() {
		return new TokenShape(this.fields, false, this.issuedAtSkew, this.jwt);
	}

	/** The same with {@code issued_at}, off by {@code skew}. */
	public TokenShape issuedAt(Duration skew) {
		return new TokenShape(this.fields, this.lifetimeStated, skew, this.jwt);
	}

	/** The same with a JWT for a token. */
	public TokenShape asJwt() {
		return new TokenShape(this.fields, this.lifetimeStated, this.issuedAtSkew, true);
	}

	Map<String, Object> body(String token, Duration lifetime, Instant now) {
		Map<String, Object> body = Json.object();
		switch (this.fields) {
			case TOKEN -> body.put("token", token);
			case ACCESS_TOKEN -> body.put("access_token", token);
			case BOTH -> body.putAll(Map.of("token", token, "access_token", token));
			case TOKEN_AND_EMPTY_ACCESS_TOKEN -> body.putAll(Map.of("token", token, "access_token", ""));
			case NEITHER -> body.put("scope", "");
		}
		if (this.lifetimeStated) {
			body.put("expires_in", lifetime.toSeconds());
		}
		Duration skew = this.issuedAtSkew;
		if (skew != null) {
			body.put("issued_at", now.plus(skew).toString());
		}
		return body;
	}

}
