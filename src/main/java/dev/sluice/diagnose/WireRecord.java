package dev.sluice.diagnose;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.sluice.diagnose.WireExchange.Outcome;
import dev.sluice.diagnose.WireExchange.Place;
import dev.sluice.token.Challenge;
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

	/** What challenges named so far. */
	private final Set<String> realms = ConcurrentHashMap.newKeySet();

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
	 * @return a snapshot, in order of the answers
	 */
	synchronized List<WireExchange> exchanges() {
		return List.copyOf(this.exchanges);
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
			return sent.doOnNext((answer) -> add(exchange(place, request, start, answered(request, answer))))
				.doOnError((ex) -> add(exchange(place, request, start, new Outcome.Failed(Unforeseen.words(ex)))));
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
