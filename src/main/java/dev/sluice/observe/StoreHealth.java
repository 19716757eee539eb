package dev.sluice.observe;

import dev.sluice.store.StoreState;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * How the store is. One that couldn't be opened makes health {@code DEGRADED}, never
 * readiness; one that isn't wanted doesn't. Thread-safe.
 */
public final class StoreHealth implements HealthIndicator {

	private final StoreState state;

	public StoreHealth(StoreState state) {
		this.state = state;
	}

	@Override
	public Health health() {
		return switch (this.state) {
			case StoreState.Open open -> opened(open);
			case StoreState.Off() -> Health.up().withDetail("enabled", false).build();
			case StoreState.Unusable(String reason) -> Health.status("DEGRADED").withDetail("reason", reason).build();
		};
	}

	private static Health opened(StoreState.Open open) {
		return Health.up()
			.withDetail("path", open.path().toString())
			.withDetail("max-size", open.limits().maxSize())
			.withDetail("min-free-disk", open.limits().minFreeDisk())
			.build();
	}

}
