package dev.sluice.upstream;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import dev.sluice.oci.RegistryName;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The client of each listed registry, made when it is first wanted. Thread-safe. It holds
 * one client for each name that it was asked for; callers ask for listed names only.
 */
public final class UpstreamDirectory {

	private final Map<RegistryName, Mono<UpstreamClient>> clients = new ConcurrentHashMap<>();

	private final Function<RegistryName, UpstreamClient> factory;

	private final Scheduler scheduler;

	/**
	 * Starts with the clients of some registries.
	 * @param first the registries whose clients are made at once, so that wrong settings
	 * show
	 * @param factory makes a client; may block, for certificates are read
	 * @param scheduler where it may
	 */
	public UpstreamDirectory(Collection<RegistryName> first, Function<RegistryName, UpstreamClient> factory,
			Scheduler scheduler) {
		this.factory = factory;
		this.scheduler = scheduler;
		first.forEach((name) -> this.clients.put(name, Mono.just(factory.apply(name))));
	}

	/**
	 * The client of a registry.
	 * @param name a listed registry
	 * @return its client, always the same once it was made
	 */
	public Mono<UpstreamClient> client(RegistryName name) {
		return this.clients.computeIfAbsent(name, this::open);
	}

	private Mono<UpstreamClient> open(RegistryName name) {
		return Mono.fromCallable(() -> this.factory.apply(name))
			.subscribeOn(this.scheduler)
			.cacheInvalidateIf((client) -> false);
	}

}
