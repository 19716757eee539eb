package dev.sluice.token;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future.State;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.sluice.credential.Credential;
import dev.sluice.credential.CredentialChangeListener;
import dev.sluice.credential.Secret;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * The tokens of all upstreams. However many wait for a token, one exchange is in flight
 * for it, and no waiter that leaves stops it. A token that is asked for in the last
 * quarter of its life is renewed in the background; one that isn't just expires. Failures
 * aren't kept. Bounded; what is in flight comes on top, and is bounded by the transport's
 * queues. Thread-safe; never blocks.
 */
public final class TokenCache implements CredentialChangeListener {

	/** Tokens at most, unless said otherwise. */
	public static final int BOUND = 4096;

	private static final Logger log = LoggerFactory.getLogger(TokenCache.class);

	private final InstantSource clock;

	private final AsyncCache<TokenKey, CachedToken> tokens;

	/**
	 * Makes a cache.
	 * @param clock the time by which tokens expire
	 * @param bound tokens at most
	 */
	public TokenCache(InstantSource clock, int bound) {
		this.clock = clock;
		this.tokens = Caffeine.newBuilder()
			.maximumSize(bound)
			.expireAfter(Expiry.<TokenKey, CachedToken>writing((key, cached) -> left(cached.token())))
			.ticker(() -> nanoseconds(clock.instant()))
			.buildAsync();
	}

	/**
	 * A token, from the cache or by an exchange.
	 * @param request what for, and as whom
	 * @param exchange where to get one
	 * @return the token; its errors are the exchange's
	 */
	Mono<Token> get(TokenRequest request, TokenExchange exchange) {
		return Mono.defer(() -> Mono.fromFuture(find(request, exchange), true)).map(CachedToken::token);
	}

	/**
	 * Drops a token that was refused, unless another has taken its place already.
	 * @param key what it was for
	 * @param refused the token
	 */
	void drop(TokenKey key, Secret refused) {
		CompletableFuture<CachedToken> present = this.tokens.getIfPresent(key);
		if (present != null && present.state() == State.SUCCESS
				&& present.resultNow().token().value().equals(refused)) {
			this.tokens.asMap().remove(key, present);
		}
	}

	@Override
	public void credentialsDropped(Set<Credential> credentials) {
		this.tokens.asMap().keySet().removeIf((key) -> credentials.contains(key.credential()));
	}

	/**
	 * How many tokens are held.
	 * @return about so many
	 */
	public long size() {
		this.tokens.synchronous().cleanUp();
		return this.tokens.synchronous().estimatedSize();
	}

	private CompletableFuture<CachedToken> find(TokenRequest request, TokenExchange exchange) {
		TokenKey key = request.key();
		CompletableFuture<CachedToken> promise = new CompletableFuture<>();
		CompletableFuture<CachedToken> present = present(key, promise);
		if (present == null) {
			start(request, exchange).subscribe(promise::complete, promise::completeExceptionally);
			return promise;
		}
		if (present.state() == State.SUCCESS && present.resultNow().claimRenewal(this.clock.instant())) {
			renew(request, exchange, present);
		}
		return present;
	}

	private @Nullable CompletableFuture<CachedToken> present(TokenKey key, CompletableFuture<CachedToken> promise) {
		CompletableFuture<CachedToken> present = this.tokens.getIfPresent(key);
		if (present != null && present.isCompletedExceptionally()) {
			// Caffeine removes it too, but only after those who waited were told
			this.tokens.asMap().remove(key, present);
			present = null;
		}
		return (present != null) ? present : this.tokens.asMap().putIfAbsent(key, promise);
	}

	private void renew(TokenRequest request, TokenExchange exchange, CompletableFuture<CachedToken> present) {
		TokenKey key = request.key();
		start(request, exchange).subscribe(
				(renewed) -> this.tokens.asMap().replace(key, present, CompletableFuture.completedFuture(renewed)),
				(failure) -> {
					log.debug("A token isn't renewed yet: {}", failure.getMessage());
					present.resultNow().renewalFailed(this.clock.instant());
				});
	}

	private static Mono<CachedToken> start(TokenRequest request, TokenExchange exchange) {
		return Mono.defer(() -> exchange.exchange(request)).single().map(CachedToken::new);
	}

	private Duration left(Token token) {
		Duration left = Duration.between(this.clock.instant(), token.end());
		return left.isPositive() ? left : Duration.ZERO;
	}

	private static long nanoseconds(Instant instant) {
		return Duration.between(Instant.EPOCH, instant).toNanos();
	}

}
