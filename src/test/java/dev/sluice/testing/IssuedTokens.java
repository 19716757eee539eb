package dev.sluice.testing;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The tokens that a token server has issued, at most {@value #BOUND}: beyond that the
 * oldest become unknown. Thread-safe.
 */
public final class IssuedTokens {

	static final int BOUND = 100_000;

	private final Clock clock;

	private final Map<String, Issued> issued = new LinkedHashMap<>();

	/** None yet; they expire by this clock. */
	public IssuedTokens(Clock clock) {
		this.clock = clock;
	}

	/** A new token with these rights ({@code type:name:action}). */
	public synchronized String issue(Set<String> rights, Duration lifetime, boolean jwt) {
		Instant expiry = this.clock.instant().plus(lifetime);
		String token = jwt ? jwt(expiry) : "tok-" + random();
		this.issued.put(token, new Issued(rights, expiry));
		if (this.issued.size() > BOUND) {
			this.issued.remove(this.issued.keySet().iterator().next());
		}
		return token;
	}

	synchronized void revokeAll() {
		this.issued.clear();
	}

	/** What {@code token} is worth for {@code scope}; the empty scope wants any token. */
	public synchronized Verdict verify(String token, String scope) {
		Issued found = this.issued.get(token);
		if (found == null || !this.clock.instant().isBefore(found.expiry())) {
			return Verdict.INVALID;
		}
		return (scope.isEmpty() || found.rights().contains(scope)) ? Verdict.GRANTED : Verdict.INSUFFICIENT;
	}

	private static String jwt(Instant expiry) {
		return encode("{\"alg\":\"none\"}") + "."
				+ encode("{\"jti\":\"" + random() + "\",\"exp\":" + expiry.getEpochSecond() + "}") + ".c2ln";
	}

	private static String encode(String json) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
	}

	private static String random() {
		return Long.toHexString(ThreadLocalRandom.current().nextLong())
				+ Long.toHexString(ThreadLocalRandom.current().nextLong());
	}

	/** What a token is worth. */
	public enum Verdict {

		/** It covers the scope. */
		GRANTED,

		/** It is valid, for something else. */
		INSUFFICIENT,

		/** It is unknown, revoked or expired. */
		INVALID

	}

	private record Issued(Set<String> rights, Instant expiry) {
	}

}
