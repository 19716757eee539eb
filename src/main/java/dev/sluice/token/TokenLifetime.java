package dev.sluice.token;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Optional;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How long a token still lives when it arrives, by the server's own clock: from
 * {@code expires_in} and {@code issued_at}; where no {@code expires_in} is given from the
 * {@code exp} of a JWT, which is read and not verified; else the distribution spec's 60
 * s. An age that would make a fresh token expired isn't believed. Thread-safe.
 */
final class TokenLifetime {

	static final Duration DEFAULT = Duration.ofSeconds(60);

	private static final int JWT_LIMIT = 64 * 1024;

	private final JsonMapper json;

	TokenLifetime(JsonMapper json) {
		this.json = json;
	}

	/**
	 * The time left.
	 * @param answer the token server's answer
	 * @param token the token in it
	 * @param now what the server's clock shows
	 * @return a positive duration
	 */
	Duration left(JsonNode answer, String token, Instant now) {
		Optional<Duration> stated = seconds(answer.path("expires_in"));
		if (stated.isPresent()) {
			return aged(stated.get(), answer, now);
		}
		return leftByClaims(claims(token), now).orElseGet(() -> aged(DEFAULT, answer, now));
	}

	private static Duration aged(Duration lifetime, JsonNode answer, Instant now) {
		Duration left = issuedAt(answer).map((issued) -> Duration.between(now, issued.plus(lifetime))).orElse(lifetime);
		return isWithin(left, lifetime) ? left : lifetime;
	}

	private static Optional<Duration> leftByClaims(JsonNode claims, Instant now) {
		Optional<Duration> expiry = seconds(claims.path("exp"));
		Optional<Duration> issue = seconds(claims.path("iat"));
		Optional<Duration> left = expiry.map((exp) -> exp.minusMillis(now.toEpochMilli()));
		Optional<Duration> whole = expiry.flatMap((exp) -> issue.map(exp::minus)).filter(Duration::isPositive);
		return whole.isEmpty() ? left.filter(Duration::isPositive)
				: left.filter((rest) -> isWithin(rest, whole.get())).or(() -> whole);
	}

	private static boolean isWithin(Duration left, Duration whole) {
		return left.isPositive() && left.compareTo(whole) <= 0;
	}

	private static Optional<Duration> seconds(JsonNode node) {
		double seconds = node.asDouble(0);
		boolean sound = seconds > 0 && seconds < 1e12;
		return sound ? Optional.of(Duration.ofMillis((long) (seconds * 1000))) : Optional.empty();
	}

	private static Optional<Instant> issuedAt(JsonNode answer) {
		try {
			String text = answer.path("issued_at").asString("");
			return Optional.of(DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from))
				.filter((issued) -> issued.isAfter(Instant.EPOCH));
		}
		catch (DateTimeException ex) {
			return Optional.empty();
		}
	}

	private JsonNode claims(String token) {
		String[] parts = token.split("\\.", -1);
		if (parts.length != 3 || token.length() > JWT_LIMIT) {
			return this.json.missingNode();
		}
		try {
			return this.json.readTree(Base64.getUrlDecoder().decode(parts[1].getBytes(StandardCharsets.ISO_8859_1)));
		}
		catch (IllegalArgumentException | JacksonException ex) {
			return this.json.missingNode();
		}
	}

}
