package dev.sluice.diagnose;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.sluice.diagnose.WireExchange.Outcome;
import dev.sluice.diagnose.WireExchange.Place;
import dev.sluice.token.Challenge;
import dev.sluice.token.HeaderSecrets;
import dev.sluice.token.SentSecrets;
import dev.sluice.transport.Answer;
import dev.sluice.transport.OutboundRequest;
import dev.sluice.transport.Transport;
import dev.sluice.transport.Url;
import dev.sluice.upstream.Quota;
import io.netty.handler.codec.http.HttpHeaderNames;
import reactor.core.publisher.Mono;

/**
 * Keeps the exchanges of one diagnosis, {@value #BOUND} at most. Thread-safe.
 */
final class WireRecord {

	private static final int BOUND = 100;

	private final List<WireExchange> exchanges = new ArrayList<>();

	/** The token servers that challenges have named so far. */
	private final Set<String> realms = ConcurrentHashMap.newKeySet();

	/** Those of the login, and of the headers that each request sends besides. */
	private SentSecrets secrets = SentSecrets.NONE;

	/**
	 * Makes known what is sent, so that words that repeat it aren't shown.
	 * @param more further secrets
	 */
	synchronized void hide(SentSecrets more) {
		this.secrets = this.secrets.and(more);
	}

	/**
	 * What is shown of somebody else's words.
	 * @param text the words, as they came
	 * @return the same, or that there was a secret in them
	 */
	synchronized String shown(String text) {
		return this.secrets.redactedIn(text);
	}

	/**
	 * What is shown of a failure.
	 * @param failure any
	 * @return the failure in words
	 */
	synchronized String words(Throwable failure) {
		return this.secrets.redactedInOurs(Unforeseen.words(failure));
	}

	/**
	 * Connections whose exchanges are kept here.
	 * @param transport the connections
	 * @return the same, told of
	 */
	Transport over(Transport transport) {
		return new Transport() {

			@Override
			public Mono<Answer> send(OutboundRequest request) {
				return recorded(Place.REGISTRY, request, transport.send(request));
			}

			@Override
			public Mono<Answer> sendTo(OutboundRequest request, Referrer from) {
				return recorded(
						WireRecord.this.realms.contains(request.url().toString()) ? Place.TOKEN_SERVER : Place.REDIRECT,
						request, transport.sendTo(request, from));
			}

		};
	}

	/**
	 * What was exchanged.
	 * @return a snapshot, in order of the answers, without what repeats a secret that is
	 * known by now
	 */
	synchronized List<WireExchange> exchanges() {
		return this.exchanges.stream().map((exchange) -> exchange.redacted(this.secrets)).toList();
	}

	/**
	 * How many exchanges there are.
	 * @return the number so far
	 */
	synchronized int size() {
		return this.exchanges.size();
	}

	private synchronized void add(WireExchange exchange) {
		if (this.exchanges.size() < BOUND) {
			this.exchanges.add(exchange);
		}
	}

	private Mono<Answer> recorded(Place place, OutboundRequest request, Mono<Answer> sent) {
		return Mono.defer(() -> {
			long start = System.nanoTime();
			hide(HeaderSecrets.of(request.headers()));
			return sent.doOnNext((answer) -> add(exchange(place, request, start, answered(request, answer))))
				.doOnError((ex) -> add(exchange(place, request, start, new Outcome.Failed(words(ex)))));
		});
	}

	private static WireExchange exchange(Place place, OutboundRequest request, long start, Outcome outcome) {
		return new WireExchange(place, request.method().name(), request.url().toString(),
				Duration.ofNanos(System.nanoTime() - start), outcome);
	}

	private Outcome answered(OutboundRequest request, Answer answer) {
		List<Challenge> challenges = Challenge.parse(answer.headers().getAll(HttpHeaderNames.WWW_AUTHENTICATE));
		challenges.stream()
			.flatMap((challenge) -> challenge.parameter("realm").stream())
			.forEach((realm) -> this.realms.add(resolved(request.url(), realm)));
		return new Outcome.Answered(answer.status(), challenges, answer.tls(), Quota.of(answer::header));
	}

	private static String resolved(Url at, String realm) {
		try {
			return at.resolve(realm).toString();
		}
		catch (IllegalArgumentException ex) {
			return "";
		}
	}

}
