package dev.sluice.observe;

import java.util.Locale;

import dev.sluice.store.StoreState;
import dev.sluice.store.disk.DiskFault;
import dev.sluice.store.disk.DiskState;
import dev.sluice.store.space.Space;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * The meters of an open store: {@code sluice.store.held}, {@code sluice.store.promised},
 * {@code sluice.store.max} and {@code sluice.store.disk.free} (bytes),
 * {@code sluice.store.evictions} and {@code sluice.store.disk.failures} (by fault). Asked
 * of the store when they are read; that of the free disk blocks as the file system does.
 * Thread-safe.
 */
public final class StoreMeters implements MeterBinder {

	private final StoreState state;

	public StoreMeters(StoreState state) {
		this.state = state;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		if (this.state instanceof StoreState.Open open) {
			bind(registry, open.store().space());
			bind(registry, open.store().disk());
			Gauge.builder("sluice.store.max", () -> open.limits().maxSize())
				.baseUnit("bytes")
				.description("what blobs and links may take on disk")
				.register(registry);
		}
	}

	private static void bind(MeterRegistry registry, Space space) {
		Gauge.builder("sluice.store.held", space, Space::held)
			.baseUnit("bytes")
			.description("what blobs take on disk")
			.register(registry);
		Gauge.builder("sluice.store.promised", space, Space::promised)
			.baseUnit("bytes")
			.description("what is set aside on disk for blobs that come in")
			.register(registry);
		Gauge.builder("sluice.store.disk.free", space, Space::freeDisk)
			.baseUnit("bytes")
			.description("what the store's file system has left")
			.register(registry);
		FunctionCounter.builder("sluice.store.evictions", space, Space::evictions)
			.description("blobs dropped for room or age")
			.register(registry);
	}

	private static void bind(MeterRegistry registry, DiskState disk) {
		for (DiskFault fault : DiskFault.values()) {
			FunctionCounter.builder("sluice.store.disk.failures", disk, (it) -> it.count(fault))
				.description("how often the store's disk failed")
				.tag("fault", fault.name().toLowerCase(Locale.ROOT))
				.register(registry);
		}
	}

}
