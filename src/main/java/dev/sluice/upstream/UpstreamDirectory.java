package dev.sluice.upstream;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import dev.sluice.oci.RegistryName;

/**
 * The client of each listed registry, made when it is first wanted. Thread-safe. It holds
 * one client for each name that it was asked for; callers ask for listed names only.
 */
public final class UpstreamDirectory {

	private final Map<RegistryName, UpstreamClient> clients = new ConcurrentHashMap<>();

	private final Function<RegistryName, UpstreamClient> factory;

	public UpstreamDirectory(Function<RegistryName, UpstreamClient> factory) {
		this.factory = factory;
	}

	/**
	 * The client of a registry.
	 * @param name a listed registry
	 * @return its client, always the same
	 */
	public UpstreamClient client(RegistryName name) {
		return this.clients.computeIfAbsent(name, this.factory);
	}

}
