package dev.sluice.upstream;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The quota headers that Docker Hub documents.
 */
class QuotaTests {

	@Test
	void readsWhatDockerHubSends() {
		assertThat(quota("100;w=21600", "20;w=21600")).hasValue(new Quota(20, 100, Duration.ofHours(6)));
	}

	@Test
	void aWindowMayBeMissing() {
		assertThat(quota("100", "0")).hasValue(new Quota(0, 100, Duration.ZERO));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "many", "-1", "99999999999999999999", "20;w=soon" })
	void nonsenseIsNoQuota(String remaining) {
		assertThat(quota("100;w=21600", remaining)).isEmpty();
	}

	@Test
	void withoutHeadersThereIsNone() {
		assertThat(Quota.of((_) -> Optional.empty())).isEmpty();
	}

	private static Optional<Quota> quota(String limit, String remaining) {
		Map<String, String> headers = Map.of("ratelimit-limit", limit, "ratelimit-remaining", remaining);
		return Quota.of((name) -> Optional.ofNullable(headers.get(name)));
	}

}
