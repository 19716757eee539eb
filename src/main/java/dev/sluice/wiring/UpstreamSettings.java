package dev.sluice.wiring;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import dev.sluice.oci.RegistryName;
import dev.sluice.route.RegistryList;
import dev.sluice.settings.Home;
import dev.sluice.settings.InvalidSettingException;
import dev.sluice.settings.PlainName;
import dev.sluice.settings.SluiceProperties;
import dev.sluice.settings.UpstreamProperties;
import dev.sluice.settings.check.SettingRules;
import dev.sluice.transport.ProxyUrl;
import dev.sluice.transport.TransportSettings;
import dev.sluice.upstream.Upstream;
import org.jspecify.annotations.Nullable;

/**
 * The upstreams as configured: reads the properties into {@link Upstream}s and the closed
 * list of names, and knows the defaults of a registry that needs no settings. Immutable.
 */
final class UpstreamSettings {

	private final Map<RegistryName, Upstream> configured = new LinkedHashMap<>();

	/** What goes round the environment's proxies. */
	private final Map<RegistryName, SparedHosts> spared = new HashMap<>();

	private final NameRules names;

	private final Set<RegistryName> own = new LinkedHashSet<>();

	private final ListedRegistries listed;

	private final Set<String> allowNetworks;

	/**
	 * Reads the properties.
	 * @param properties all settings
	 * @throws InvalidSettingException if one of them is wrong
	 */
	UpstreamSettings(SluiceProperties properties) {
		this.allowNetworks = properties.allowNetworks();
		SettingRules.networks("sluice.allow-networks", this.allowNetworks);
		for (int index = 0; index < properties.upstreams().size(); index++) {
			String property = "sluice.upstreams[" + index + "]";
			Upstream upstream = read(property, properties.upstreams().get(index));
			addSpared(property, upstream.name(), properties.upstreams().get(index).proxy());
			if (this.configured.putIfAbsent(upstream.name(), upstream) != null) {
				throw new InvalidSettingException(property + ".name", upstream.name(), "it is configured twice");
			}
		}
		this.names = new NameRules(properties.upstreams(), List.copyOf(this.configured.keySet()));
		properties.hostNames().forEach((own) -> this.own.add(PlainName.read("sluice.host-names", own)));
		this.listed = ListedRegistries.of(properties, this.configured.keySet(), this.names.aliases());
		this.names.requireFree(this.listed.names(), this.own);
	}

	/**
	 * The settings of a listed registry.
	 * @param name its name
	 * @return as configured, else the defaults
	 */
	Upstream upstream(RegistryName name) {
		return Optional.ofNullable(this.configured.get(name))
			.orElseGet(() -> new Upstream(name, List.of(Endpoints.usual(name)), null, Upstream.RedirectPolicy.FOLLOW,
					false, TransportSettings.defaults().allowing(this.allowNetworks)));
	}

	/**
	 * What an upstream reaches without the environment's proxies.
	 * @param name its name
	 * @return its own list, or empty where {@code NO_PROXY} counts
	 */
	Optional<SparedHosts> spared(RegistryName name) {
		return Optional.ofNullable(this.spared.get(name));
	}

	/**
	 * The registries that are configured, and the default one: their clients are made at
	 * the start, so that what is wrong with files or the environment shows then.
	 * @return their names, in order
	 */
	Set<RegistryName> names() {
		Set<RegistryName> names = new LinkedHashSet<>(this.configured.keySet());
		this.listed.defaultName().ifPresent(names::add);
		return names;
	}

	/**
	 * The registries that the settings list, and the default one.
	 * @return what is listed before any credential is read
	 */
	ListedRegistries listed() {
		return this.listed;
	}

	/**
	 * Starts the closed list with all that is known before any credential is read.
	 * @return its builder
	 */
	RegistryList.Builder registryList() {
		RegistryList.Builder list = this.listed.builder();
		this.own.forEach(list::own);
		this.names.aliases().forEach(list::alias);
		this.names.hosts().forEach(list::claim);
		return list;
	}

	/**
	 * Names the very upstream in words that mean any.
	 * @param name a listed registry
	 * @param words may name a property of an upstream
	 * @return the same words, with the property of this one
	 */
	String numbered(RegistryName name, String words) {
		int index = List.copyOf(this.configured.keySet()).indexOf(name);
		return (index < 0) ? words : words.replace("sluice.upstreams[]", "sluice.upstreams[" + index + "]");
	}

	/**
	 * What the TLS settings of upstreams leave open, or leave without effect.
	 * @return a sentence for each
	 */
	List<String> weakPoints() {
		return this.configured.values().stream().flatMap(Endpoints::weakPoints).toList();
	}

	/**
	 * What the names of upstreams hide.
	 * @return a sentence for each
	 */
	List<String> hiddenImages() {
		return new HiddenImages(this.listed.defaultName()).hiddenBy(this.configured.keySet(), this.names.aliases());
	}

	private void addSpared(String property, RegistryName name, UpstreamProperties.@Nullable Proxy proxy) {
		if (proxy != null && (proxy.url() == null || proxy.url().isBlank()) && !proxy.noProxy().isEmpty()) {
			this.spared.put(name, new SparedHosts(property + ".proxy.no-proxy", Set.copyOf(proxy.noProxy())));
		}
	}

	private Upstream read(String property, UpstreamProperties given) {
		RegistryName name = PlainName.read(property + ".name", Objects.requireNonNullElse(given.name(), ""));
		RegistryName credentialHost = (given.credentialHost() != null)
				? PlainName.read(property + ".credential-host", given.credentialHost()) : null;
		return new Upstream(name, List.of(Endpoints.read(property, given, name)), credentialHost, given.redirects(),
				given.catalog(), transport(property, given).allowing(this.allowNetworks));
	}

	private static TransportSettings transport(String property, UpstreamProperties given) {
		UpstreamProperties.Tls tls = given.tls();
		if (tls.certificate() == null && tls.key() != null) {
			throw new InvalidSettingException(property + ".tls.key", tls.key(),
					"a client certificate needs both: set " + property + ".tls.certificate too");
		}
		if (tls.certificate() != null && tls.key() == null) {
			throw new InvalidSettingException(property + ".tls.certificate", tls.certificate(),
					"a client certificate needs both: set " + property + ".tls.key too");
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
		String url = (proxy != null) ? proxy.url() : null;
		boolean given = url != null && !url.isBlank();
		if (url != null && url.strip().equalsIgnoreCase("none")) {
			throw new InvalidSettingException(property + ".proxy.url", url,
					"it would be a host of that name; no-proxy: '*' says that there is no proxy");
		}
		return (proxy != null && url != null && given)
				? InvalidSettingException.read(property + ".proxy.url", url, (text) -> proxy(text, proxy.noProxy()))
				: null;
	}

	private static TransportSettings.EgressProxy proxy(String url, Set<String> noProxy) {
		if (ProxyUrl.hasPath(url)) {
			throw new IllegalArgumentException("a proxy has no path: write http://[user:password@]host[:port]");
		}
		return ProxyUrl.read(url, noProxy);
	}

}
