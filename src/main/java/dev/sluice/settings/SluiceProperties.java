package dev.sluice.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import dev.sluice.settings.file.SettingsFileResolver;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * All settings of Sluice. Immutable; everything has a working default.
 *
 * @param config the file that the others stand in, see {@link SettingsFileResolver}
 * @param defaultUpstream the registry meant where a request names none, or {@code none};
 * Docker Hub, where it is listed, if not given
 * @param registries which registries are listed beside those that a credential names
 * @param hostNames Sluice's own names as clients write them, beside the {@code Host}
 * header
 * @param trustedProxies the reverse proxies whose {@code Forwarded} and
 * {@code X-Forwarded-*} headers are believed: addresses and CIDRs
 * @param maxConnections how many connections each port has at a time; one for each 64 KiB
 * of heap, and 1000 at least, if not given
 * @param allowNetworks addresses and CIDRs that the realms and redirects of every
 * upstream may have, beside its own {@code allow-networks}
 * @param upstreams the registries that need settings, or that are not well known
 * @param credentials where credentials are kept
 * @param access who may pull
 * @param store where blobs are kept, and how many
 * @param freshness how long an upstream's word holds
 */
@ConfigurationProperties(prefix = "sluice", ignoreUnknownFields = false)
public record SluiceProperties(@Nullable String config, @Nullable String defaultUpstream,
		@DefaultValue("well-known") Registries registries, @DefaultValue Set<String> hostNames,
		@DefaultValue Set<String> trustedProxies, @Nullable Integer maxConnections,
		@DefaultValue Set<String> allowNetworks, @DefaultValue List<UpstreamProperties> upstreams,
		@DefaultValue Credentials credentials, @DefaultValue Access access, @DefaultValue StoreProperties store,
		@DefaultValue FreshnessProperties freshness) {

	/**
	 * Which registries are listed beside those that a credential names.
	 */
	public enum Registries {

		/** The public ones that are built in, and those that are configured. */
		WELL_KNOWN,
		/** Those that are configured alone. */
		CONFIGURED

	}

	/**
	 * Where credentials are kept.
	 *
	 * @param dockerConfig Docker {@code config.json} files, the first that knows a
	 * registry answers
	 * @param authJson Podman {@code auth.json} files, looked at before those; where
	 * neither is given, the user's own files of both kinds are
	 * @param kubernetesSecrets directories that each are a mounted secret of Kubernetes,
	 * or hold one subdirectory for each; looked at before those
	 * @param kubernetesApi which secrets are watched through the Kubernetes API; looked
	 * at after mounted ones
	 * @param cloud which cloud identities are used
	 */
	public record Credentials(@Nullable List<Path> dockerConfig, @Nullable List<Path> authJson,
			@DefaultValue List<Path> kubernetesSecrets, @DefaultValue KubernetesApi kubernetesApi,
			@DefaultValue CloudProperties cloud) {
	}

	/**
	 * Which secrets are watched through the Kubernetes API: none, unless a label selector
	 * or a service account is given.
	 *
	 * @param namespace where they are; Sluice's own if not given
	 * @param labelSelector chooses secrets by their labels
	 * @param serviceAccount whose {@code imagePullSecrets} are used
	 */
	public record KubernetesApi(@Nullable String namespace, @Nullable String labelSelector,
			@Nullable String serviceAccount) {
	}

	/**
	 * Who may pull.
	 *
	 * @param open whether anyone who reaches Sluice may pull whatever its credentials
	 * reach
	 */
	public record Access(@DefaultValue("false") boolean open) {
	}

}
