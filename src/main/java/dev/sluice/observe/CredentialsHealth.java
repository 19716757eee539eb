package dev.sluice.observe;

import java.util.List;
import java.util.Map;

import dev.sluice.credential.CredentialChain;
import dev.sluice.credential.SourceState;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * How each credential source is. A problem makes health {@code DEGRADED}, never
 * readiness. Thread-safe; shows no secret.
 */
public final class CredentialsHealth implements HealthIndicator {

	private final CredentialChain credentials;

	public CredentialsHealth(CredentialChain credentials) {
		this.credentials = credentials;
	}

	@Override
	public Health health() {
		List<SourceState> states = this.credentials.states();
		boolean sound = states.stream().allMatch(SourceState::isSound);
		Health.Builder health = sound ? Health.up() : Health.status("DEGRADED");
		states.forEach((state) -> health.withDetail(state.source(),
				Map.of("registries", state.registries(), "problems", state.problems())));
		return health.build();
	}

}
