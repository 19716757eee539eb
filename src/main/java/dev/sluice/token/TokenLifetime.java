package dev.sluice.token;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

import dev.sluice.json.FieldPaths;
import dev.sluice.json.JsonFields;
import dev.sluice.json.JwtClaims;

/**
 * How long a token still lives when it arrives, by the server's own clock: from
 * {@code expires_in} and {@code issued_at}; where no {@code expires_in} is given from the
 * {@code exp} of a JWT, which is read and not verified; else the distribution spec's 60
 * s. An age that would make a fresh token expired isn't believed. All in linear time.
 */
final class TokenLifetime {

	static final Duration DEFAULT = Duration.ofSeconds(60);

	static final String EXPIRES_IN = "expires_in";

	static final String ISSUED_AT = "issued_at";

	private static final FieldPaths CLAIMS = FieldPaths.of("exp", "iat");

	/** Of a number or a time in words. */
	private static final int LONGEST = 64;

	private TokenLifetime() {
	}

	/**
	 * The time left.
	 * @param answer the token server's answer
	 * @param token the token in it
	 * @param now what the server's clock shows
	 * @return a positive duration
	 */
	static Duration left(JsonFields answer, String token, Instant now) {
		Optional<Duration> stated = seconds(answer, EXPIRES_IN);
		if (stated.isPresent()) {
			return aged(stated.get(), answer, now);
		}
		return leftByClaims(token, now).orElseGet(() -> aged(DEFAULT, answer, now));
	}

	private static Duration aged(Duration lifetime, JsonFields answer, Instant now) {
		Duration left = issuedAt(answer).map((issued) -> lifetime.minus(Duration.between(issued, now)))
			.orElse(lifetime);
		return isWithin(left, lifetime) ? left : lifetime;
	}

	private static Optional<Duration> leftByClaims(String token, Instant now) {
		JsonFields claims = JwtClaims.of(token, CLAIMS);
		Optional<Duration> expiry = seconds(claims, "exp");
		Optional<Duration> issue = seconds(claims, "iat");
		Optional<Duration> left = expiry.map((exp) -> exp.minusMillis(now.toEpochMilli()));
		Optional<Duration> whole = expiry.flatMap((exp) -> issue.map(exp::minus)).filter(Duration::isPositive);
		return whole.isEmpty() ? left.filter(Duration::isPositive)
				: left.filter((rest) -> isWithin(rest, whole.get())).or(() -> whole);
	}

	private static boolean isWithin(Duration left, Duration whole) {
		return left.isPositive() && left.compareTo(whole) <= 0;
	}

	private static Optional<Duration> seconds(JsonFields fields, String name) {
		try {
			double seconds = Double.parseDouble(fields.text(name).filter(TokenLifetime::isShort).orElse("0"));
			boolean sound = seconds > 0 && seconds < 1e12;
			return sound ? Optional.of(Duration.ofMillis((long) (seconds * 1000))) : Optional.empty();
		}
		catch (NumberFormatException ex) {
			return Optional.empty();
		}
	}

	private static Optional<Instant> issuedAt(JsonFields answer) {
		try {
			String text = answer.text(ISSUED_AT).filter(TokenLifetime::isShort).orElse("");
			return Optional.of(DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from))
				.filter((issued) -> issued.isAfter(Instant.EPOCH));
		}
		catch (DateTimeException ex) {
			return Optional.empty();
		}
	}

	private static boolean isShort(String text) {
		return text.length() <= LONGEST;
	}

}
