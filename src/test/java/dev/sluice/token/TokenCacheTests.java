package dev.sluice.token;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.sluice.credential.Credential;
import dev.sluice.credential.Login;
import dev.sluice.credential.Secret;
import dev.sluice.oci.UpstreamException;
import dev.sluice.testing.TestClock;
import dev.sluice.transport.Origin;
import dev.sluice.transport.Reach;
import dev.sluice.transport.Transport.Referrer;
import dev.sluice.transport.Url;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

class TokenCacheTests {

	private static final Duration LIFE = Duration.ofSeconds(100);

	private static final Credential OLD = new Credential.Basic("acme", new Secret("old"));

	private static final Credential NEW = new Credential.Basic("acme", new Secret("new"));

	private final TestClock clock = TestClock.at(Instant.parse("2026-05-01T12:00:00Z"));

	private final TokenCache cache = new TokenCache(this.clock, 256);

	private final ExchangesInHand exchanges = new ExchangesInHand();

	@Test
	void sharesOneExchangeHoweverManyWait() {
		List<String> got = new CopyOnWriteArrayList<>();
		Disposable.Composite waiters = Disposables.composite();
		for (int waiter = 0; waiter < 100; waiter++) {
			waiters.add(get("a").subscribe((token) -> got.add(token)));
		}
		this.exchanges.issue(0, "one");
		assertThat(got).hasSize(100).containsOnly("one");
		StepVerifier.create(get("a")).expectNext("one").verifyComplete();
		assertThat(this.exchanges.started).hasSize(1);
	}

	@Test
	void exchangesOnceForEachOfManyThreads() {
		Mono<Token> token = this.cache.get(request("a", OLD), this.exchanges);
		Flux<Token> all = Flux.range(0, 100).flatMap((_) -> token.subscribeOn(Schedulers.parallel()), 100);
		StepVerifier.create(all)
			.then(() -> this.exchanges.issueNextStarted("one"))
			.expectNextCount(100)
			.expectComplete()
			.verify(Duration.ofSeconds(10));
		assertThat(this.exchanges.started).hasSize(1);
	}

	@Test
	void servesTheOthersWhenOneLeaves() {
		Disposable first = get("a").subscribe();
		List<String> got = new CopyOnWriteArrayList<>();
		get("a").subscribe(got::add);
		first.dispose();
		this.exchanges.issue(0, "one");
		assertThat(got).containsExactly("one");
		assertThat(this.exchanges.cancelled).isEmpty();
	}

	@Test
	void keepsNoFailure() {
		List<Throwable> failures = new CopyOnWriteArrayList<>();
		get("a").subscribe((_) -> {
		}, failures::add);
		get("a").onErrorResume((_) -> get("a")).subscribe();
		this.exchanges.fail(0);
		assertThat(failures).hasOnlyElementsOfType(UpstreamException.UpstreamFailed.class).hasSize(1);
		assertThat(this.exchanges.started).hasSize(2);
		this.exchanges.issue(1, "two");
		StepVerifier.create(get("a")).expectNext("two").verifyComplete();
	}

	@Test
	void usesNoTokenInItsLastSeconds() {
		hold("a", "one");
		this.clock.advance(LIFE.minusSeconds(11));
		StepVerifier.create(get("a")).expectNext("one").verifyComplete();
		this.clock.advance(Duration.ofSeconds(1));
		get("a").subscribe();
		assertThat(this.exchanges.started).as("the renewal, and the exchange after the end").hasSize(3);
	}

	@Test
	void letsATokenExpireThatIsNotUsed() {
		hold("a", "one");
		this.clock.advance(LIFE);
		assertThat(this.exchanges.started).hasSize(1);
		assertThat(this.cache.size()).isZero();
	}

	@Test
	void renewsATokenInUseWithoutDelayingAnyone() {
		hold("a", "one");
		this.clock.advance(Duration.ofSeconds(74));
		StepVerifier.create(get("a")).expectNext("one").verifyComplete();
		assertThat(this.exchanges.started).hasSize(1);
		this.clock.advance(Duration.ofSeconds(1));
		StepVerifier.create(get("a")).expectNext("one").verifyComplete();
		StepVerifier.create(get("a")).expectNext("one").verifyComplete();
		assertThat(this.exchanges.started).hasSize(2);
		this.exchanges.issue(1, "two");
		StepVerifier.create(get("a")).expectNext("two").verifyComplete();
		this.clock.advance(Duration.ofSeconds(70));
		StepVerifier.create(get("a")).expectNext("two").verifyComplete();
		assertThat(this.exchanges.started).hasSize(2);
	}

	@Test
	void keepsTheOldTokenWhenARenewalFailsAndTriesAgainLater() {
		hold("a", "one");
		this.clock.advance(Duration.ofSeconds(75));
		get("a").subscribe();
		this.exchanges.fail(1);
		for (int second = 0; second < 5; second++) {
			StepVerifier.create(get("a")).expectNext("one").verifyComplete();
			assertThat(this.exchanges.started).hasSize(2);
			this.clock.advance(Duration.ofSeconds(1));
		}
		StepVerifier.create(get("a")).expectNext("one").verifyComplete();
		assertThat(this.exchanges.started).hasSize(3);
	}

	@Test
	void dropsTheTokensOfAChangedCredentialAlone() {
		hold("a", "one");
		this.cache.credentialsDropped(Set.of(NEW));
		StepVerifier.create(get("a")).expectNext("one").verifyComplete();
		this.cache.credentialsDropped(Set.of(OLD));
		get("a").subscribe();
		assertThat(this.exchanges.started).hasSize(2);
	}

	@Test
	void keepsNoTokenThatWasInFlightWhenItsCredentialChanged() {
		List<String> got = new CopyOnWriteArrayList<>();
		get("a").subscribe(got::add);
		this.cache.credentialsDropped(Set.of(OLD));
		this.exchanges.issue(0, "one");
		assertThat(got).as("who waited is served").containsExactly("one");
		assertThat(this.cache.size()).isZero();
	}

	@Test
	void keepsNoTokenThatWasBeingRenewedWhenItsCredentialChanged() {
		hold("a", "one");
		this.clock.advance(Duration.ofSeconds(80));
		get("a").subscribe();
		this.cache.credentialsDropped(Set.of(OLD));
		this.exchanges.issue(1, "two");
		assertThat(this.cache.size()).isZero();
	}

	@Test
	void dropsARefusedTokenOnlyWhileItIsTheOneHeld() {
		hold("a", "one");
		this.cache.drop(request("a", OLD).key(), new Secret("another"));
		StepVerifier.create(get("a")).expectNext("one").verifyComplete();
		this.cache.drop(request("a", OLD).key(), new Secret("one"));
		get("a").subscribe();
		this.cache.drop(request("a", OLD).key(), new Secret("one"));
		this.exchanges.issue(1, "two");
		StepVerifier.create(get("a")).expectNext("two").verifyComplete();
		assertThat(this.exchanges.started).hasSize(2);
	}

	@Test
	void staysWithinItsBound() {
		for (int scope = 0; scope < 10_000; scope++) {
			hold("scope" + scope, "t" + scope);
		}
		assertThat(this.cache.size()).isPositive().isLessThanOrEqualTo(256);
	}

	@Test
	void holdsFewerTokensTheLongerTheyAre() {
		for (int scope = 0; scope < 1000; scope++) {
			hold("scope" + scope, "t".repeat(64 * 1024));
		}
		assertThat(this.cache.size()).isPositive().isLessThanOrEqualTo(256 / 16);
	}

	@Test
	void failsOnlyThoseWhoWaitWhenAnExchangeThrows() {
		TokenExchange broken = (_) -> {
			throw new IllegalStateException("a bug");
		};
		StepVerifier.create(this.cache.get(request("a", OLD), broken)).verifyError(IllegalStateException.class);
		hold("a", "one");
		StepVerifier.create(get("a")).expectNext("one").verifyComplete();
	}

	@Test
	void tellsRealmServiceScopeCredentialAndNamerApart() {
		Demand.Bearer demand = request("a", OLD).demand();
		Origin other = new Origin("https", "other.example", 443);
		List<Demand.Bearer> demands = List.of(demand,
				bearer(other.resolve("/token"), demand.service(), demand.scope(), demand.from()),
				bearer(demand.realm(), null, demand.scope(), demand.from()),
				bearer(demand.realm(), demand.service(), new Scope("b"), demand.from()),
				bearer(demand.realm(), demand.service(), demand.scope(), new Referrer(other, Reach.PUBLIC)),
				bearer(demand.realm(), demand.service(), demand.scope(),
						new Referrer(demand.from().origin(), Reach.LOOPBACK)),
				bearer(demand.realm(), demand.service(), demand.scope(),
						new Referrer(demand.from().origin(), Reach.PUBLIC, true)));
		for (Demand.Bearer each : demands) {
			this.cache.get(new TokenRequest(each, request("a", OLD).login()), this.exchanges).subscribe();
		}
		this.cache.get(request("a", NEW), this.exchanges).subscribe();
		assertThat(this.exchanges.started).hasSize(demands.size() + 1);
	}

	private static Demand.Bearer bearer(Url realm, @Nullable String service, Scope scope, Referrer from) {
		return new Demand.Bearer(realm, service, scope, from, SentSecrets.NONE);
	}

	private void hold(String scope, String token) {
		int exchange = this.exchanges.started.size();
		get(scope).subscribe();
		this.exchanges.issue(exchange, token);
	}

	private Mono<String> get(String scope) {
		return this.cache.get(request(scope, OLD), this.exchanges).map((token) -> token.value().reveal());
	}

	private static TokenRequest request(String scope, Credential credential) {
		Origin origin = new Origin("https", "reg.example", 443);
		Demand.Bearer demand = bearer(origin.resolve("/token"), "reg.example", new Scope(scope),
				new Referrer(origin, Reach.PUBLIC));
		return new TokenRequest(demand, new Login(credential, Map.of(), "test"));
	}

	/** Exchanges that end when the test says so. */
	private final class ExchangesInHand implements TokenExchange {

		private final List<Sinks.One<Token>> started = new CopyOnWriteArrayList<>();

		private final List<TokenRequest> cancelled = new CopyOnWriteArrayList<>();

		private final Sinks.One<String> next = Sinks.one();

		@Override
		public Mono<Token> exchange(TokenRequest request) {
			return Mono.defer(() -> {
				Sinks.One<Token> sink = Sinks.one();
				this.started.add(sink);
				this.next.asMono().subscribe((token) -> sink.tryEmitValue(token(token)));
				return sink.asMono().doOnCancel(() -> this.cancelled.add(request));
			});
		}

		void issue(int exchange, String token) {
			this.started.get(exchange).tryEmitValue(token(token)).orThrow();
		}

		void issueNextStarted(String token) {
			this.next.tryEmitValue(token).orThrow();
		}

		void fail(int exchange) {
			this.started.get(exchange).tryEmitError(new UpstreamException.UpstreamFailed("503")).orThrow();
		}

		private Token token(String value) {
			return Token.of(new Secret(value), TokenCacheTests.this.clock.instant(), LIFE);
		}

	}

}
