package dev.sluice.observe;

import java.util.Optional;

import dev.sluice.store.StoreState;
import dev.sluice.store.disk.DiskState;
import dev.sluice.store.space.Space;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * How the store is. One that couldn't be opened, or whose disk failed and hasn't worked
 * since, makes health {@code DEGRADED}, never readiness; one that isn't wanted doesn't.
 * Blocks as the file system does, which is asked what it has left. Thread-safe.
 */
public final class StoreHealth implements HealthIndicator {

	private final StoreState state;

	private final LastMismatch mismatch;

	/**
	 * The health of a store.
	 * @param state the store, or why there is none
	 * @param mismatch told of its fills
	 */
	public StoreHealth(StoreState state, LastMismatch mismatch) {
		this.state = state;
		this.mismatch = mismatch;
	}

	@Override
	public Health health() {
		return switch (this.state) {
			case StoreState.Open open -> opened(open);
			case StoreState.Off() -> Health.up().withDetail("enabled", false).build();
			case StoreState.Unusable(String reason) -> degraded().withDetail("reason", reason).build();
		};
	}

	private Health opened(StoreState.Open open) {
		Optional<DiskState.Failure> failure = open.store().disk().failure();
		Health.Builder health = failure.map(StoreHealth::failed).orElseGet(Health::up);
		this.mismatch.inWords().ifPresent((words) -> health.withDetail("last-mismatch", words));
		Space space = open.store().space();
		return health.withDetail("path", open.path().toString())
			.withDetail("held", space.held())
			.withDetail("max-size", open.limits().maxSize())
			.withDetail("evictions", space.evictions())
			.withDetail("free-disk", space.freeDisk())
			.withDetail("min-free-disk", open.limits().minFreeDisk())
			.build();
	}

	private static Health.Builder failed(DiskState.Failure failure) {
		return degraded().withDetail("reason", failure.message()).withDetail("since", failure.time().toString());
	}

	private static Health.Builder degraded() {
		return Health.status("DEGRADED");
	}

}
