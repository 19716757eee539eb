package dev.sluice;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import dev.sluice.oci.RegistryName;
import dev.sluice.route.RegistryList;
import dev.sluice.transport.Origin;
import dev.sluice.transport.TransportSettings;
import dev.sluice.upstream.Upstream;
import org.jspecify.annotations.Nullable;

/**
 * The upstreams as configured: reads the properties into {@link Upstream}s and the closed
 * list of names, and knows the defaults of a registry that needs no settings. Immutable.
 */
final class UpstreamSettings {

	private static final String DOCKER_HUB_ENDPOINT = "https://registry-1.docker.io";

	private final Map<RegistryName, Upstream> configured = new LinkedHashMap<>();

	private final SluiceProperties properties;

	/**
	 * Reads the properties.
	 * @param properties all settings
	 * @throws InvalidSettingException if one of them is wrong
	 */
	UpstreamSettings(SluiceProperties properties) {
		this.properties = properties;
		for (int index = 0; index < properties.upstreams().size(); index++) {
			String property = "sluice.upstreams[" + index + "]";
			Upstream upstream = read(property, properties.upstreams().get(index));
			if (this.configured.putIfAbsent(upstream.name(), upstream) != null) {
				throw new InvalidSettingException(property + ".name", upstream.name(), "it is configured twice");
			}
		}
		SettingRules.checkUnambiguous(properties);
		SettingRules.networks("sluice.trusted-proxies", properties.trustedProxies());
	}

	/**
	 * The settings of a listed registry.
	 * @param name its name
	 * @return as configured, else the defaults
	 */
	Upstream upstream(RegistryName name) {
		return Optional.ofNullable(this.configured.get(name))
			.orElseGet(() -> new Upstream(name, List.of(usualEndpoint(name)), null, Upstream.RedirectPolicy.FOLLOW,
					false, TransportSettings.defaults()));
	}

	/**
	 * The registries that are configured, and the default one: their clients are made at
	 * the start, so that what is wrong with files or the environment shows then.
	 * @return their names, in order
	 */
	Set<RegistryName> names() {
		Set<RegistryName> names = new LinkedHashSet<>(this.configured.keySet());
		names.add(name("sluice.default-upstream", this.properties.defaultUpstream()));
		return names;
	}

	/**
	 * The registry meant where a request names none.
	 * @return its name
	 */
	RegistryName defaultName() {
		return name("sluice.default-upstream", this.properties.defaultUpstream());
	}

	/**
	 * Starts the closed list with all that is known before any credential is read.
	 * @return its builder
	 */
	RegistryList.Builder registryList() {
		RegistryList.Builder list = RegistryList.withDefault(defaultName());
		WellKnownRegistries.NAMES.forEach(list::list);
		this.properties.hostNames().forEach((own) -> list.own(name("sluice.host-names", own)));
		this.properties.upstreams().forEach((upstream) -> {
			RegistryName registry = RegistryName.parse(upstream.name());
			list.list(registry);
			upstream.aliases().forEach((alias) -> list.alias(alias, registry));
			upstream.hosts().forEach((host) -> list.claim(RegistryName.parse(host), registry));
		});
		return list;
	}

	private static Origin usualEndpoint(RegistryName name) {
		if (name.isDockerHub()) {
			return Origin.of(URI.create(DOCKER_HUB_ENDPOINT));
		}
		boolean here = name.host().equals("localhost") || name.host().startsWith("127.") || name.host().equals("[::1]");
		return Origin.of(URI.create((here ? "http://" : "https://") + name));
	}

	private static Upstream read(String property, UpstreamProperties given) {
		RegistryName name = name(property + ".name", Objects.requireNonNullElse(given.name(), ""));
		List<Origin> endpoints = given.endpoints()
			.stream()
			.map((endpoint) -> InvalidSettingException.read(property + ".endpoints", endpoint,
					UpstreamSettings::endpoint))
			.toList();
		RegistryName credentialHost = (given.credentialHost() != null)
				? name(property + ".credential-host", given.credentialHost()) : null;
		return new Upstream(name, endpoints.isEmpty() ? List.of(usualEndpoint(name)) : endpoints, credentialHost,
				given.redirects(), given.catalog(), transport(property, given));
	}

	private static Origin endpoint(URI endpoint) {
		boolean bare = (endpoint.getRawPath() == null || endpoint.getRawPath().isEmpty()
				|| endpoint.getRawPath().equals("/")) && endpoint.getRawQuery() == null;
		boolean web = ("http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme()))
				&& endpoint.getHost() != null && endpoint.getRawUserInfo() == null;
		if (!bare || !web) {
			throw new IllegalArgumentException(
					"expected http(s)://host[:port] without a login or a path, for /v2/ is at the root");
		}
		return Origin.of(endpoint);
	}

	private static RegistryName name(String property, String text) {
		return InvalidSettingException.read(property, text, RegistryName::parse);
	}

	private static TransportSettings transport(String property, UpstreamProperties given) {
		UpstreamProperties.Tls tls = given.tls();
		if ((tls.certificate() == null) != (tls.key() == null)) {
			throw new InvalidSettingException(property + ".tls", "certificate or key alone",
					"a client certificate needs both");
		}
		SettingRules.check(property, given);
		return new TransportSettings(
				new TransportSettings.Tls(Home.expand(tls.certificateAuthority()), Home.expand(tls.certificate()),
						Home.expand(tls.key()), tls.skipVerify()),
				given.timeouts().connect(), given.timeouts().response(), given.timeouts().idle(), given.pool().size(),
				given.pool().pending(), proxy(property, given.proxy()), given.headers(), Set.copyOf(given.allowHosts()),
				Set.copyOf(given.allowNetworks()));
	}

	private static TransportSettings.@Nullable EgressProxy proxy(String property,
			UpstreamProperties.@Nullable Proxy proxy) {
		if (proxy == null) {
			return null;
		}
		URI url = proxy.url();
		if (!"http".equals(url.getScheme()) || url.getHost() == null || url.getPort() < 0) {
			throw new InvalidSettingException(property + ".proxy.url", url,
					"expected http://[user:password@]host:port");
		}
		String[] login = (url.getUserInfo() != null) ? url.getUserInfo().split(":", 2) : new String[0];
		return new TransportSettings.EgressProxy(url.getHost(), url.getPort(), (login.length > 0) ? login[0] : null,
				(login.length > 1) ? login[1] : null, proxy.noProxy());
	}

}
