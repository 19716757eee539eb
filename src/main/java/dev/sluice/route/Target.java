package dev.sluice.route;

import dev.sluice.oci.RegistryName;
import dev.sluice.oci.RepositoryName;

/**
 * Which repository of which registry is meant. Immutable.
 *
 * @param registry a listed registry
 * @param repository its repository, {@code library/} added where Docker Hub wants it
 */
public record Target(RegistryName registry, RepositoryName repository) {

	@Override
	public String toString() {
		return this.registry + "/" + this.repository;
	}

}
