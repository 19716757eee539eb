package dev.sluice.wiring;

import java.util.List;

import dev.sluice.observe.FillMeters;
import dev.sluice.observe.LastMismatch;
import dev.sluice.pull.BlobPull;
import dev.sluice.pull.Freshness;
import dev.sluice.settings.FreshnessProperties;
import dev.sluice.settings.ProcessEnvironment;
import dev.sluice.settings.SluiceProperties;
import dev.sluice.store.StoreState;
import dev.sluice.store.fill.FillListener;
import dev.sluice.upstream.UpstreamDirectory;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Where blobs are kept. The store is closed once the server has ended what was under way.
 */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

	/** Looks into a directory at once: they wait for the disk, not for a processor. */
	private static final int DISK_THREADS = 16;

	/** Looks that wait for each of them; what comes beyond goes past the store. */
	private static final int WAITING = 256;

	/** Commands that serve nobody leave it to the process that does. */
	@Bean
	StoreState storeState(SluiceProperties properties, ProcessEnvironment environment, ApplicationContext own,
			FillMeters meters, LastMismatch mismatch) {
		boolean wanted = properties.store().enabled() && own instanceof WebServerApplicationContext;
		return wanted ? OpenedStore.open(properties.store(), environment.variables(),
				FillListener.all(List.of(meters, mismatch))) : new StoreState.Off();
	}

	@Bean(destroyMethod = "dispose")
	Scheduler diskWork() {
		return Schedulers.newBoundedElastic(DISK_THREADS, WAITING, "disk", 60, true);
	}

	@Bean
	BlobPull blobPull(UpstreamDirectory upstreams, StoreState state, SluiceProperties properties, Scheduler diskWork) {
		FreshnessProperties freshness = properties.freshness();
		return switch (state) {
			case StoreState.Open open -> new BlobPull(upstreams, open.store(),
					new Freshness(freshness.accessRecheck(), freshness.serveStale()), diskWork);
			case StoreState.Off _, StoreState.Unusable _ -> new BlobPull(upstreams);
		};
	}

}
