package dev.sluice.observe;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import dev.sluice.store.fill.FillListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * The meters of fills: {@code sluice.fills.begun}, {@code sluice.fills.resumed},
 * {@code sluice.fills.ended} (by outcome) and {@code sluice.fills.bytes} (sent by
 * upstreams). Thread-safe.
 */
public final class FillMeters implements FillListener {

	private final MeterRegistry registry;

	private final Counter begun;

	private final Counter resumed;

	private final Counter bytes;

	private final Map<Outcome, Counter> ended = new EnumMap<>(Outcome.class);

	public FillMeters(MeterRegistry registry) {
		this.registry = registry;
		this.begun = counter("sluice.fills.begun", "blobs that began to come in").register(registry);
		this.resumed = counter("sluice.fills.resumed", "how often an upstream was asked for the rest of a blob")
			.register(registry);
		this.bytes = counter("sluice.fills.bytes", "bytes that upstreams sent to fills").baseUnit("bytes")
			.register(registry);
		for (Outcome outcome : Outcome.values()) {
			this.ended.put(outcome, ended(outcome));
		}
	}

	private Counter ended(Outcome outcome) {
		return counter("sluice.fills.ended", "fills that are over")
			.tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
			.register(this.registry);
	}

	private static Counter.Builder counter(String name, String description) {
		return Counter.builder(name).description(description);
	}

	@Override
	public void begun() {
		this.begun.increment();
	}

	@Override
	public void resumed() {
		this.resumed.increment();
	}

	@Override
	public void ended(Outcome outcome, long fetched) {
		Objects.requireNonNull(this.ended.get(outcome)).increment();
		this.bytes.increment((double) fetched);
	}

}
