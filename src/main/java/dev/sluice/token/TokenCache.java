package dev.sluice.token;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.sluice.credential.Credential;
import dev.sluice.credential.CredentialChangeListener;
import dev.sluice.credential.Secret;
import dev.sluice.token.CacheEntry.InFlight;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * The tokens of all upstreams, bounded, those in flight included. However many wait for a
 * token, one exchange is in flight for it, and no waiter that leaves stops it. A token
 * that is asked for in the last quarter of its life is renewed in the background; one
 * that isn't just expires. Failures aren't kept. Thread-safe; never blocks.
 * <p>
 * It isn't Caffeine's {@code AsyncCache}: that tells waiters of a failure before it
 * forgets it, and logs it with a stack trace.
 */
public final class TokenCache implements CredentialChangeListener {

	/** Tokens at most, unless said otherwise; 16 MiB at most. */
	public static final int BOUND = 4096;

	/** What is longer, in characters with its scope and realm, counts for several. */
	private static final int UNIT = 4096;

	private static final Logger LOG = LoggerFactory.getLogger(TokenCache.class);

	/** Longer than any exchange: {@link TokenClient} ends them. */
	private static final Duration IN_FLIGHT = Duration.ofMinutes(10);

	private static final Duration JUST_NOW = Duration.ofSeconds(10);

	private final InstantSource clock;

	private final Cache<TokenKey, CacheEntry> entries;

	/**
	 * Makes a cache.
	 * @param clock the time by which tokens expire
	 * @param bound tokens at most
	 */
	public TokenCache(InstantSource clock, int bound) {
		this.clock = clock;
		this.entries = Caffeine.newBuilder()
			.maximumWeight(bound)
			.weigher(TokenCache::weight)
			.expireAfter(Expiry.<TokenKey, CacheEntry>writing((key, entry) -> left(entry)))
			.ticker(() -> nanoseconds(clock.instant()))
			.build();
	}

	/**
	 * A token, from the cache or by an exchange.
	 * @param request what for, and as whom
	 * @param exchange where to get one
	 * @return the token; its errors are the exchange's
	 */
	Mono<Token> get(TokenRequest request, TokenExchange exchange) {
		Mono<Token> fresh = Mono.defer(() -> exchange.exchange(request)).single();
		return Mono.defer(() -> {
			TokenKey key = request.key();
			return switch (this.entries.getIfPresent(key)) {
				case null -> begin(key, fresh);
				case InFlight inFlight -> await(inFlight);
				case CachedToken cached -> Mono.just(use(key, cached, fresh));
			};
		});
	}

	/**
	 * Drops a token that was refused, unless another has taken its place already.
	 * @param key what it was for
	 * @param refused the token
	 */
	void drop(TokenKey key, Secret refused) {
		if (this.entries.getIfPresent(key) instanceof CachedToken cached && cached.token().value().equals(refused)) {
			this.entries.asMap().remove(key, cached);
		}
	}

	/**
	 * Whether a token was issued only now, so that another would be no better.
	 * @param key what it is for
	 * @param token the token
	 * @return whether it is the one held, and younger than 10 s
	 */
	boolean isJustIssued(TokenKey key, Secret token) {
		return this.entries.getIfPresent(key) instanceof CachedToken cached && cached.token().value().equals(token)
				&& cached.token().received().plus(JUST_NOW).isAfter(this.clock.instant());
	}

	/**
	 * Drops the tokens made from these credentials; those in flight are handed to who
	 * waits, and not kept.
	 */
	@Override
	public void credentialsDropped(Set<Credential> credentials) {
		this.entries.asMap().keySet().removeIf((key) -> credentials.contains(key.credential()));
	}

	/**
	 * How many tokens are held.
	 * @return about so many
	 */
	public long size() {
		this.entries.cleanUp();
		return this.entries.estimatedSize();
	}

	private Mono<Token> begin(TokenKey key, Mono<Token> fresh) {
		InFlight own = new InFlight(new CompletableFuture<>());
		return switch (this.entries.asMap().putIfAbsent(key, own)) {
			case null -> {
				fresh.subscribe((token) -> issued(key, own, token), (failure) -> failed(key, own, failure));
				yield await(own);
			}
			case InFlight another -> await(another);
			case CachedToken cached -> Mono.just(cached.token());
		};
	}

	private void issued(TokenKey key, InFlight inFlight, Token token) {
		this.entries.asMap().replace(key, inFlight, new CachedToken(token));
		inFlight.promise().complete(token);
	}

	private void failed(TokenKey key, InFlight inFlight, Throwable failure) {
		this.entries.asMap().remove(key, inFlight);
		inFlight.promise().completeExceptionally(failure);
	}

	private static Mono<Token> await(InFlight inFlight) {
		return Mono.fromFuture(inFlight.promise(), true);
	}

	private Token use(TokenKey key, CachedToken cached, Mono<Token> fresh) {
		if (cached.claimRenewal(this.clock.instant())) {
			fresh.subscribe((token) -> this.entries.asMap().replace(key, cached, new CachedToken(token)), (failure) -> {
				LOG.debug("A token isn't renewed yet: {}", failure.getMessage());
				cached.renewalFailed(this.clock.instant());
			});
		}
		return cached.token();
	}

	private static int weight(TokenKey key, CacheEntry entry) {
		int length = (entry instanceof CachedToken cached) ? cached.token().value().reveal().length() : 0;
		return 1 + (key.length() + length) / UNIT;
	}

	private Duration left(CacheEntry entry) {
		return switch (entry) {
			case InFlight _ -> IN_FLIGHT;
			case CachedToken cached -> positive(Duration.between(this.clock.instant(), cached.token().end()));
		};
	}

	private static Duration positive(Duration left) {
		return left.isNegative() ? Duration.ZERO : left;
	}

	private static long nanoseconds(Instant instant) {
		return Duration.between(Instant.EPOCH, instant).toNanos();
	}

}
