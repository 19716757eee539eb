package dev.sluice.observe;

import java.time.Duration;
import java.util.List;

import dev.sluice.oci.RegistryName;
import dev.sluice.pull.Origin;
import dev.sluice.token.TokenListener.Outcome;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * However many names, statuses and realms others think of, the meters stay few.
 */
class MetersTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final RegistryName UPSTREAM = RegistryName.parse("registry.example");

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final Meters meters = new Meters(this.registry);

	@ParameterizedTest
	@ValueSource(ints = { 100, 200, 404, 451, 599 })
	void aStatusIsCountedAsWhatItIs(int status) {
		this.meters.answered(UPSTREAM, "get", status, SECOND);
		assertThat(values("sluice.upstream.requests", "status")).containsExactly(Integer.toString(status));
	}

	@Test
	void allThatIsNoStatusIsOneValue() {
		for (int status : new int[] { Integer.MIN_VALUE, -1, 0, 7, 99, 600, 777, 999, 1000, Integer.MAX_VALUE }) {
			this.meters.answered(UPSTREAM, "get", status, SECOND);
			this.meters.started();
			this.meters.finished("manifest", status, Origin.NONE, 0, 1);
		}
		assertThat(values("sluice.upstream.requests", "status")).containsExactly("other");
		assertThat(values("sluice.requests", "status")).containsExactly("other");
		assertThat(count("sluice.upstream.requests", "status", "other")).isEqualTo(10);
	}

	@Test
	void realmsBeyondTheBoundAreCountedAsOthers() {
		for (int i = 0; i < 1000; i++) {
			this.meters.exchanged("realm" + i + ".example", Outcome.ISSUED, SECOND);
		}
		assertThat(values("sluice.token.exchanges", "realm")).hasSize(201).contains("realm0.example", "other");
		assertThat(count("sluice.token.exchanges", "realm", "other")).isEqualTo(800);
		this.meters.exchanged("realm7.example", Outcome.ISSUED, SECOND);
		assertThat(count("sluice.token.exchanges", "realm", "realm7.example")).isEqualTo(2);
		assertThat(count("sluice.token.exchanges", "realm", "other")).isEqualTo(800);
	}

	@Test
	void upstreamsBeyondTheBoundAreCountedAsOthers() {
		for (int i = 0; i < 300; i++) {
			this.meters.answered(RegistryName.parse("registry" + i + ".example"), "get", 200, SECOND);
		}
		assertThat(values("sluice.upstream.requests", "upstream")).hasSize(201).contains("other");
		assertThat(count("sluice.upstream.requests", "upstream", "other")).isEqualTo(100);
	}

	@Test
	void aRealmLongerThanAHostsNameIsOneOfTheOthers() {
		this.meters.exchanged("x".repeat(254), Outcome.FAILED, SECOND);
		assertThat(values("sluice.token.exchanges", "realm")).containsExactly("other");
	}

	private List<String> values(String meter, String tag) {
		return this.registry.find(meter)
			.meters()
			.stream()
			.map(Meter::getId)
			.map((id) -> id.getTag(tag))
			.distinct()
			.toList();
	}

	private long count(String meter, String tag, String value) {
		return this.registry.find(meter).tag(tag, value).timers().stream().mapToLong(Timer::count).sum();
	}

}
