package dev.sluice.observe;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import dev.sluice.oci.CredentialException;
import dev.sluice.oci.OverloadException;
import dev.sluice.oci.RegistryException;
import dev.sluice.oci.RegistryName;
import dev.sluice.oci.UpstreamException;
import dev.sluice.upstream.UpstreamListener;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * How each upstream was when it was last asked. One that could not be reached, failed or
 * refused our credential makes health {@code DEGRADED}, never readiness. Thread-safe;
 * holds one state for each listed upstream that was asked.
 */
public final class UpstreamsHealth implements HealthIndicator, UpstreamListener {

	private static final String GOOD = "answers";

	private final Map<RegistryName, String> states = new ConcurrentHashMap<>();

	@Override
	public void served(RegistryName upstream) {
		this.states.put(upstream, GOOD);
	}

	@Override
	public void failed(RegistryName upstream, RegistryException cause) {
		this.states.put(upstream, isItsFault(cause) ? String.valueOf(cause.getMessage()) : GOOD);
	}

	private static boolean isItsFault(RegistryException cause) {
		return switch (cause) {
			case UpstreamException.UpstreamUnreachable _, UpstreamException.UpstreamTimedOut _,
					UpstreamException.UpstreamFailed _, UpstreamException.ForbiddenAddress _,
					UpstreamException.InvalidAnswer _, CredentialException.CredentialRejected _,
					CredentialException.CredentialUnavailable _, CredentialException.IdentityUnavailable _,
					OverloadException.TooManyRequests _ ->
				true;
			default -> false;
		};
	}

	@Override
	public Health health() {
		Map<RegistryName, String> now = Map.copyOf(this.states);
		boolean good = now.values().stream().allMatch(GOOD::equals);
		Map<String, Object> details = new TreeMap<>();
		now.forEach((name, state) -> details.put(name.toString(), state));
		return (good ? Health.up() : Health.status("DEGRADED")).withDetails(details).build();
	}

}
