package dev.sluice.token;

import java.time.Duration;
import java.util.Optional;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/**
 * What one upstream wanted, by endpoint, repository and operation, so that the next
 * request needs no 401. Holds 10,000 at most, for 24 hours. Thread-safe.
 */
final class ChallengeMemory {

	private static final int BOUND = 10_000;

	private final Cache<Access, Demand> demands = Caffeine.newBuilder()
		.maximumSize(BOUND)
		.expireAfterWrite(Duration.ofHours(24))
		.build();

	Optional<Demand> recall(Access access) {
		return Optional.ofNullable(this.demands.getIfPresent(access));
	}

	void remember(Access access, Demand demand) {
		this.demands.put(access, demand);
	}

	void forget(Access access) {
		this.demands.invalidate(access);
	}

}
