package dev.sluice.token;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;

/**
 * What one upstream wanted, by endpoint, repository and operation, so that the next
 * request needs no 401. Holds 10,000 challenges at most (5 MiB), each for an hour,
 * whether it is used or not: a registry that changed its mind is believed by then.
 * Thread-safe.
 */
final class ChallengeMemory {

	private static final int BOUND = 10_000;

	private static final int UNIT = 512;

	private static final Duration KEPT = Duration.ofHours(1);

	/** A registry that asks for Basic in one of these asks for it in all of them. */
	private static final List<Operation> OF_REPOSITORIES = List.of(Operation.PULL, Operation.TAGS, Operation.REFERRERS);

	private final Cache<ResourceAction, Demand> demands;

	/** The latest demand of each operation. */
	private final Cache<Operation, Known> latest;

	ChallengeMemory(Ticker ticker) {
		this.demands = Caffeine.newBuilder()
			.maximumWeight(BOUND)
			.weigher(ChallengeMemory::weight)
			.expireAfterWrite(KEPT)
			.ticker(ticker)
			.build();
		this.latest = Caffeine.newBuilder()
			.maximumSize(Operation.values().length)
			.expireAfterWrite(KEPT)
			.ticker(ticker)
			.build();
	}

	Optional<Demand> recall(ResourceAction action) {
		return Optional.ofNullable(this.demands.getIfPresent(action));
	}

	/**
	 * What the registry may want for something that it was never asked for: the same as
	 * for another repository.
	 * @param action what we want to do
	 * @return what it last wanted for the like, put for this repository; empty if that
	 * can't be derived
	 */
	Optional<Demand> infer(ResourceAction action) {
		return Optional.ofNullable(this.latest.getIfPresent(action.operation()))
			.flatMap((known) -> known.demand().inferredFor(known.action(), action))
			.or(() -> basicElsewhere(action));
	}

	private Optional<Demand> basicElsewhere(ResourceAction action) {
		return OF_REPOSITORIES.stream()
			.flatMap((operation) -> Optional.ofNullable(this.latest.getIfPresent(operation)).stream())
			.filter((known) -> known.action().endpoint().equals(action.endpoint()))
			.map(Known::demand)
			.filter(Demand.Basic.class::isInstance)
			.findFirst();
	}

	void remember(ResourceAction action, Demand demand) {
		if (!demand.equals(this.demands.getIfPresent(action))) {
			this.demands.put(action, demand);
		}
		if (!(demand instanceof Demand.Nothing)) {
			this.latest.put(action.operation(), new Known(action, demand));
		}
	}

	void forget(ResourceAction action) {
		this.demands.invalidate(action);
	}

	private static int weight(ResourceAction action, Demand demand) {
		return switch (demand) {
			case Demand.Basic _, Demand.Nothing _ -> 1;
			case Demand.Bearer bearer -> 1 + bearer.length() / UNIT;
		};
	}

	private record Known(ResourceAction action, Demand demand) {
	}

}
