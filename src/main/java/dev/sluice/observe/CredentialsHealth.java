package dev.sluice.observe;

import java.util.List;
import java.util.Map;

import dev.sluice.credential.CredentialChain;
import dev.sluice.credential.Quarantine;
import dev.sluice.credential.SourceState;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * How each credential source is, and which credentials are rejected. A problem makes
 * health {@code DEGRADED}, never readiness. Thread-safe; shows no secret.
 */
public final class CredentialsHealth implements HealthIndicator {

	private final CredentialChain credentials;

	private final Quarantine quarantine;

	public CredentialsHealth(CredentialChain credentials, Quarantine quarantine) {
		this.credentials = credentials;
		this.quarantine = quarantine;
	}

	@Override
	public Health health() {
		List<SourceState> states = this.credentials.states();
		List<String> rejected = this.quarantine.problems();
		boolean sound = rejected.isEmpty() && states.stream().allMatch(SourceState::isSound);
		Health.Builder health = sound ? Health.up() : Health.status("DEGRADED");
		states.forEach((state) -> health.withDetail(state.source(),
				Map.of("registries", state.registries(), "problems", state.problems())));
		return rejected.isEmpty() ? health.build() : health.withDetail("rejected", rejected).build();
	}

}
