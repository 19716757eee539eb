package dev.sluice.token;

import java.time.Duration;
import java.util.Optional;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/**
 * What one upstream wanted, by endpoint, repository and operation, so that the next
 * request needs no 401. Holds 10,000 challenges at most (5 MiB), each for an hour,
 * whether it is used or not: a registry that changed its mind is believed by then.
 * Thread-safe.
 */
final class ChallengeMemory {

	private static final int BOUND = 10_000;

	private static final int UNIT = 512;

	private final Cache<Access, Demand> demands = Caffeine.newBuilder()
		.maximumWeight(BOUND)
		.weigher(ChallengeMemory::weight)
		.expireAfterWrite(Duration.ofHours(1))
		.build();

	Optional<Demand> recall(Access access) {
		return Optional.ofNullable(this.demands.getIfPresent(access));
	}

	void remember(Access access, Demand demand) {
		if (!demand.equals(this.demands.getIfPresent(access))) {
			this.demands.put(access, demand);
		}
	}

	void forget(Access access) {
		this.demands.invalidate(access);
	}

	private static int weight(Access access, Demand demand) {
		return switch (demand) {
			case Demand.Basic _ -> 1;
			case Demand.Bearer bearer ->
				1 + (bearer.realm().target().length() + bearer.scope().value().length()) / UNIT;
		};
	}

}
