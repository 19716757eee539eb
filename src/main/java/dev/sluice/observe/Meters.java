package dev.sluice.observe;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import dev.sluice.oci.OverloadException;
import dev.sluice.oci.RegistryException;
import dev.sluice.oci.RegistryName;
import dev.sluice.pull.Origin;
import dev.sluice.token.TokenListener;
import dev.sluice.upstream.UpstreamListener;
import dev.sluice.web.RequestListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * The meters: {@code sluice.requests} (time, by operation, status and origin),
 * {@code sluice.requests.in.flight}, {@code sluice.bytes} (bodies sent to clients, by
 * origin), {@code sluice.memory.exhausted} (requests refused for lack of memory),
 * {@code sluice.upstream.requests} (time to the headers, by upstream, method and status)
 * and {@code sluice.token.exchanges} (time, by realm and outcome). Thread-safe; what
 * others may choose is counted as {@code other} where it would be too many values.
 */
public final class Meters implements RequestListener, UpstreamListener, TokenListener {

	private final MeterRegistry registry;

	private final TagValues realms = new TagValues();

	private final TagValues upstreams = new TagValues();

	private final AtomicInteger inFlight = new AtomicInteger();

	private final Map<Origin, Counter> bytes = new EnumMap<>(Origin.class);

	private final Counter memoryExhausted;

	public Meters(MeterRegistry registry) {
		this.registry = registry;
		Gauge.builder("sluice.requests.in.flight", this.inFlight, AtomicInteger::get)
			.description("clients' requests being served")
			.register(registry);
		for (Origin origin : Origin.values()) {
			this.bytes.put(origin, bytes(origin));
		}
		this.memoryExhausted = Counter.builder("sluice.memory.exhausted")
			.description("requests that failed because no memory was left for an answer")
			.register(registry);
	}

	private Counter bytes(Origin from) {
		return Counter.builder("sluice.bytes")
			.baseUnit("bytes")
			.description("body bytes sent to clients")
			.tag("from", from.word())
			.register(this.registry);
	}

	@Override
	public void started() {
		this.inFlight.incrementAndGet();
	}

	@Override
	public void finished(String operation, int status, Origin from, long bytes, long millis) {
		this.inFlight.decrementAndGet();
		Objects.requireNonNull(this.bytes.get(from)).increment((double) bytes);
		Timer.builder("sluice.requests")
			.description("clients' requests")
			.tag("operation", operation)
			.tag("status", TagValues.ofStatus(status))
			.tag("from", from.word())
			.register(this.registry)
			.record(Duration.ofMillis(millis));
	}

	@Override
	public void answered(RegistryName upstream, String method, int status, Duration duration) {
		Timer.builder("sluice.upstream.requests")
			.description("requests to upstreams, redirects included, to their answers' headers")
			.tag("upstream", this.upstreams.bounded(upstream.toString()))
			.tag("method", method)
			.tag("status", TagValues.ofStatus(status))
			.register(this.registry)
			.record(duration);
	}

	@Override
	public void failed(RegistryName upstream, RegistryException cause) {
		if (cause instanceof OverloadException.MemoryExhausted) {
			this.memoryExhausted.increment();
		}
	}

	@Override
	public void exchanged(String realmHost, Outcome outcome, Duration duration) {
		Timer.builder("sluice.token.exchanges")
			.description("requests to token servers")
			.tag("realm", this.realms.bounded(realmHost))
			.tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
			.register(this.registry)
			.record(duration);
	}

}
