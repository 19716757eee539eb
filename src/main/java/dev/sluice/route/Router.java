package dev.sluice.route;

import java.util.Optional;
import java.util.stream.Stream;

import dev.sluice.oci.ErrorCode;
import dev.sluice.oci.NamePath;
import dev.sluice.oci.Printable;
import dev.sluice.oci.RegistryName;
import dev.sluice.oci.RepositoryName;
import dev.sluice.oci.RequestException;
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
	 * @throws RequestException.RegistryNotListed if it names a registry outside the list
	 * @throws RequestException.Malformed if a name isn't well formed
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
	 * @throws RequestException.RegistryNotListed if it names a registry outside the list
	 * @throws RequestException.Malformed if more than a registry is named
	 */
	public RegistryName routeRegistry(Wanted wanted) {
		NamePath padded = new NamePath(
				Stream.concat(wanted.name().segments().stream(), Stream.of("_catalog")).toList());
		Found found = find(new Wanted(padded, wanted.ns(), wanted.hostHeader()));
		if (found.rest().segments().size() > 1) {
			throw new RequestException.Malformed(ErrorCode.NAME_INVALID,
					"'" + Printable.of(wanted.name().toString()) + "' is no registry: _catalog belongs to a registry");
		}
		return found.registry();
	}

	/**
	 * Finds the registry of any request, well formed or not.
	 * @param wanted what the request says
	 * @return the registry
	 * @throws RequestException.RegistryNotListed if it names a registry outside the list
	 */
	public RegistryName registryOf(Wanted wanted) {
		return find(wanted).registry();
	}

	/**
	 * What a client sends for an image as people name it. The first part is the host that
	 * the client asks. Where that isn't a listed registry, it is Sluice itself, if it is
	 * on this machine, an own name, claimed by an upstream, or followed by a registry's
	 * name.
	 * @param image the image's name
	 * @return what the client says, with that host in its {@code Host} header
	 */
	public Wanted asked(NamePath image) {
		boolean ours = image.segments().size() > 1 && RegistryName.looksLikeHost(image.first())
				&& HostHeader.read(image.first()).filter((host) -> isSluice(host, image.rest())).isPresent();
		return ours ? new Wanted(image.rest(), null, image.first()) : new Wanted(image, null, null);
	}

	private boolean isSluice(RegistryName host, NamePath rest) {
		if (this.registries.contains(host)) {
			return false;
		}
		return HostHeader.isLoopback(host) || this.registries.isOwn(host) || this.registries.claiming(host).isPresent()
				|| (RegistryName.looksLikeHost(rest.first()) && this.registries.named(rest.first()).isPresent());
	}

	/**
	 * The registry that a {@code Host} header names by itself.
	 * @param wanted what the request says
	 * @return the registry that claims its host, if one does
	 */
	public Optional<RegistryName> claimedBy(Wanted wanted) {
		return HostHeader.read(wanted.hostHeader()).flatMap(this.registries::claiming);
	}

	private Found find(Wanted wanted) {
		return byNamespace(wanted).or(() -> byHost(wanted))
			.or(() -> byFirstSegment(wanted.name()))
			.or(() -> this.registries.defaultRegistry().map((registry) -> new Found(registry, wanted.name())))
			.orElseThrow(() -> isRegistry(wanted.name()) ? repositoryMissing(wanted.name().first())
					: noDefault(wanted.name()));
	}

	/** Also by a name that doesn't look like a host's. */
	private boolean isRegistry(NamePath name) {
		return name.segments().size() == 1 && this.registries.named(name.first()).isPresent();
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

	private static RequestException.RegistryNotListed notListed(String name) {
		String printable = Printable.of(name);
		return new RequestException.RegistryNotListed("registry '" + printable
				+ "' is not listed here: add it to sluice.upstreams (name: " + printable + ") or log in to it");
	}

	private static RequestException.RegistryNotListed noDefault(NamePath name) {
		return new RequestException.RegistryNotListed("'" + Printable.of(name.toString())
				+ "' names no registry, and sluice.default-upstream is none: write the registry before it,"
				+ " such as docker.io/library/nginx");
	}

	private static RequestException.RegistryNotListed repositoryMissing(String name) {
		return new RequestException.RegistryNotListed(
				"'" + Printable.of(name) + "' is a registry: a repository must follow it");
	}

	private record Found(RegistryName registry, NamePath rest) {
	}

}
