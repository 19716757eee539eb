package dev.sluice.diagnose;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.sluice.diagnose.WireExchange.Outcome;
import dev.sluice.oci.Printable;
import dev.sluice.token.Challenge;
import dev.sluice.transport.TlsPeer;
import dev.sluice.upstream.Quota;

/**
 * What was seen on the wire, in words. Thread-safe.
 */
final class Wording {

	private static final Duration SOON = Duration.ofDays(14);

	private final InstantSource clock;

	Wording(InstantSource clock) {
		this.clock = clock;
	}

	/**
	 * A connection's security.
	 * @param url where to
	 * @param peer whom it leads to
	 * @param unverified whether its certificate isn't checked
	 * @return the finding
	 */
	Finding tls(String url, Optional<TlsPeer> peer, boolean unverified) {
		if (!url.startsWith("https://")) {
			return Finding.note("none: http");
		}
		if (unverified) {
			return Finding.note(peer.map(TlsPeer::protocol).orElse("TLS") + ", not verified");
		}
		return peer.map(this::tls).orElseGet(() -> Finding.ok("verified"));
	}

	private Finding tls(TlsPeer peer) {
		Duration left = Duration.between(this.clock.instant(), peer.expires());
		String text = peer.protocol() + ", " + left.toDays() + " days";
		return (left.compareTo(SOON) < 0) ? Finding.note(text + " left") : Finding.ok(text);
	}

	/**
	 * What a registry asks for.
	 * @param challenges its challenges
	 * @return in words, with the token server's address but not its query
	 */
	static String challenges(List<Challenge> challenges) {
		return challenges.stream().map(Wording::challenge).collect(Collectors.joining(" or "));
	}

	private static String challenge(Challenge challenge) {
		if (!challenge.scheme().equals("bearer")) {
			return challenge.scheme().equals("basic") ? "Basic" : Printable.of(challenge.scheme());
		}
		String service = challenge.parameter("service").map((name) -> ", service " + Printable.of(name)).orElse("");
		String scope = challenge.parameter("scope").map((name) -> ", scope " + Printable.of(name)).orElse("");
		return "Bearer token of " + realm(challenge) + service + scope;
	}

	/**
	 * What a registry asks for, in short.
	 * @param challenges its challenges
	 * @return each scheme, and the token server's host
	 */
	static String shortly(List<Challenge> challenges) {
		return challenges.stream()
			.map((challenge) -> challenge.scheme().equals("bearer")
					? "Bearer " + realm(challenge).replaceFirst("^[a-zA-Z]+://([^/]*).*", "$1") : "Basic")
			.collect(Collectors.joining(", "));
	}

	private static String realm(Challenge challenge) {
		return Printable.of(challenge.parameter("realm")
			.orElse("nobody")
			.replaceFirst("[?#].*", "")
			.replaceFirst("//[^/]*@", "//"));
	}

	/**
	 * How many pulls are left.
	 * @param quota what the registry says
	 * @return the finding
	 */
	static Finding quota(Quota quota) {
		String window = quota.window().isZero() ? "" : " in " + (quota.window().toMinutes() + 59) / 60 + " h";
		String text = quota.remaining() + " of " + quota.limit() + window;
		boolean low = quota.remaining() * 10 < quota.limit();
		return low ? Finding.note(text) : Finding.ok(text);
	}

	/**
	 * One request and its answer.
	 * @param exchange what was exchanged
	 * @return in words
	 */
	static Finding exchange(WireExchange exchange) {
		String asked = exchange.method() + " " + exchange.url();
		return switch (exchange.outcome()) {
			case Outcome.Failed failed -> Finding.failed(asked + ": " + failed.why());
			case Outcome.Answered answered -> {
				String text = asked + ": " + answered.status() + " in " + time(exchange.took());
				boolean challenged = answered.status() == 401 && !answered.challenges().isEmpty();
				yield challenged ? Finding.note(text + ", asks for " + challenges(answered.challenges()))
						: (answered.status() < 400) ? Finding.ok(text) : Finding.failed(text);
			}
		};
	}

	/**
	 * A duration.
	 * @param duration any
	 * @return in ms, or in s from one on
	 */
	static String time(Duration duration) {
		long millis = duration.toMillis();
		return (millis < 1000) ? millis + " ms" : millis / 1000 + "." + (millis % 1000) / 100 + " s";
	}

}
