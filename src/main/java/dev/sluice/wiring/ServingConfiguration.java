package dev.sluice.wiring;

import java.util.List;

import dev.sluice.observe.Meters;
import dev.sluice.pull.BlobPull;
import dev.sluice.pull.ListingPull;
import dev.sluice.pull.ManifestPull;
import dev.sluice.route.Router;
import dev.sluice.settings.SluiceProperties;
import dev.sluice.transport.Cidr;
import dev.sluice.upstream.UpstreamDirectory;
import dev.sluice.web.FrontDoor;
import dev.sluice.web.RefusedRequests;
import dev.sluice.web.RegistryApi;
import dev.sluice.web.TrustedProxies;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.server.WebFilter;

/**
 * What clients are answered.
 */
@Configuration(proxyBeanMethods = false)
class ServingConfiguration {

	@Bean
	static FrontDoor frontDoor(SluiceProperties properties) {
		return new FrontDoor(properties.hostNames(),
				properties.upstreams().stream().flatMap((upstream) -> upstream.hosts().stream()).toList());
	}

	@Bean
	TrustedProxies trustedProxies(SluiceProperties properties) {
		List<Cidr> proxies = properties.trustedProxies().stream().flatMap((text) -> Cidr.parse(text).stream()).toList();
		return new TrustedProxies(
				(address) -> proxies.stream().anyMatch((proxy) -> proxy.contains(address.getAddress())));
	}

	/** As many threads as there are processors: what they do is arithmetic alone. */
	@Bean(destroyMethod = "dispose")
	Scheduler manifestWork() {
		return Schedulers.newParallel("manifests");
	}

	@Bean
	RegistryApi registryApi(Router router, UpstreamDirectory upstreams, BlobPull blobs, Scheduler manifestWork,
			Meters meters, TrustedProxies proxies, Draining draining) {
		return new RegistryApi(router, new ManifestPull(upstreams, manifestWork), blobs,
				new ListingPull(upstreams, manifestWork), meters, proxies, draining::isDraining,
				Schedulers.boundedElastic());
	}

	/**
	 * The API has its port for itself. The management server's context inherits this
	 * filter.
	 */
	@Bean
	WebFilter requestFilter(RegistryApi api, ApplicationContext own) {
		WebFilter management = new RefusedRequests();
		return (exchange, chain) -> own.equals(exchange.getApplicationContext()) ? api.handle(exchange)
				: management.filter(exchange, chain);
	}

}
