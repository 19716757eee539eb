package dev.sluice.route;

import java.util.Optional;
import java.util.stream.Stream;

import dev.sluice.oci.ErrorCode;
import dev.sluice.oci.NamePath;
import dev.sluice.oci.Printable;
import dev.sluice.oci.RegistryException;
import dev.sluice.oci.RegistryName;
import dev.sluice.oci.RepositoryName;
import org.jspecify.annotations.Nullable;

/**
 * Finds which registry and repository a request means, by look-up in the closed list: by
 * {@code ns} (distribution spec, "Registry Proxying"), else by the Host header that an
 * upstream claims, else by the first path segment, else the default. Opens no connection
 * and resolves no name. Thread-safe.
 */
public final class Router {

	private final RegistryList registries;

	public Router(RegistryList registries) {
		this.registries = registries;
	}

	/**
	 * Finds the target of a request for a repository.
	 * @param wanted what the request says
	 * @return the target
	 * @throws RegistryException.RegistryNotListed if it names a registry outside the list
	 * @throws RegistryException.Malformed if a name isn't well formed
	 */
	public Target route(Wanted wanted) {
		Found found = find(wanted);
		String name = found.rest().toString();
		boolean official = found.registry().isDockerHub() && found.rest().segments().size() == 1;
		return new Target(found.registry(), new RepositoryName(official ? "library/" + name : name));
	}

	/**
	 * Finds the registry of a request that names no repository.
	 * @param wanted what the request says; its name is a registry's or nothing
	 * @return the registry
	 * @throws RegistryException.RegistryNotListed if it names a registry outside the list
	 * @throws RegistryException.Malformed if more than a registry is named
	 */
	public RegistryName routeRegistry(Wanted wanted) {
		NamePath padded = new NamePath(
				Stream.concat(wanted.name().segments().stream(), Stream.of("_catalog")).toList());
		Found found = find(new Wanted(padded, wanted.ns(), wanted.hostHeader()));
		if (found.rest().segments().size() > 1) {
			throw new RegistryException.Malformed(ErrorCode.NAME_INVALID,
					"'" + Printable.of(wanted.name().toString()) + "' is no registry: _catalog belongs to a registry");
		}
		return found.registry();
	}

	/**
	 * Finds the registry of any request, well formed or not.
	 * @param wanted what the request says
	 * @return the registry
	 * @throws RegistryException.RegistryNotListed if it names a registry outside the list
	 */
	public RegistryName registryOf(Wanted wanted) {
		return find(wanted).registry();
	}

	private Found find(Wanted wanted) {
		return byNamespace(wanted).or(() -> byHost(wanted))
			.or(() -> byFirstSegment(wanted.name()))
			.or(() -> this.registries.defaultRegistry().map((registry) -> new Found(registry, wanted.name())))
			.orElseThrow(() -> noDefault(wanted.name()));
	}

	private Optional<Found> byNamespace(Wanted wanted) {
		if (wanted.ns() == null || wanted.ns().isEmpty()) {
			return Optional.empty();
		}
		RegistryName registry = RegistryName.parse(wanted.ns());
		if (isOwnName(registry, wanted.hostHeader())) {
			return Optional.empty();
		}
		if (!this.registries.contains(registry)) {
			throw notListed(registry.toString());
		}
		return Optional.of(new Found(registry, withoutPrefix(wanted.name(), registry)));
	}

	private boolean isOwnName(RegistryName registry, @Nullable String hostHeader) {
		return this.registries.isOwn(registry) || HostHeader.read(hostHeader).filter(registry::equals).isPresent();
	}

	private NamePath withoutPrefix(NamePath name, RegistryName registry) {
		boolean prefixed = name.segments().size() > 1 && RegistryName.looksLikeHost(name.first())
				&& this.registries.named(name.first()).filter(registry::equals).isPresent();
		return prefixed ? name.rest() : name;
	}

	private Optional<Found> byHost(Wanted wanted) {
		return HostHeader.read(wanted.hostHeader())
			.flatMap(this.registries::claiming)
			.map((registry) -> new Found(registry, withoutPrefix(wanted.name(), registry)));
	}

	private Optional<Found> byFirstSegment(NamePath name) {
		if (name.isEmpty()) {
			return Optional.empty();
		}
		Optional<RegistryName> registry = this.registries.named(name.first());
		if (registry.isPresent() && name.segments().size() > 1) {
			return Optional.of(new Found(registry.get(), name.rest()));
		}
		if (RegistryName.looksLikeHost(name.first())) {
			throw registry.isPresent() ? repositoryMissing(name.first()) : notListed(name.first());
		}
		return Optional.empty();
	}

	private static RegistryException.RegistryNotListed notListed(String name) {
		String printable = Printable.of(name);
		return new RegistryException.RegistryNotListed("registry '" + printable
				+ "' is not listed here: add it to sluice.upstreams (name: " + printable + ") or log in to it");
	}

	private static RegistryException.RegistryNotListed noDefault(NamePath name) {
		return new RegistryException.RegistryNotListed("'" + Printable.of(name.toString())
				+ "' names no registry, and sluice.default-upstream is none: write the registry before it,"
				+ " such as docker.io/library/nginx");
	}

	private static RegistryException.RegistryNotListed repositoryMissing(String name) {
		return new RegistryException.RegistryNotListed(
				"'" + Printable.of(name) + "' is a registry: a repository must follow it");
	}

	private record Found(RegistryName registry, NamePath rest) {
	}

}
