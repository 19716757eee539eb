package dev.sluice.wiring;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.sluice.credential.CredentialChangeListener;
import dev.sluice.credential.CredentialSource;
import dev.sluice.credential.given.UnusablePartException;
import dev.sluice.credential.kubernetes.KubernetesApi;
import dev.sluice.credential.kubernetes.MountedSecrets;
import dev.sluice.credential.kubernetes.SecretSelection;
import dev.sluice.credential.kubernetes.WatchedSecrets;
import dev.sluice.settings.Home;
import dev.sluice.settings.InvalidSettingException;
import dev.sluice.settings.SluiceProperties;
import org.jspecify.annotations.Nullable;

/**
 * The credentials in secrets of Kubernetes, closed with the context.
 *
 * @param mounted those in directories, in order
 * @param watched those that are watched through the API
 */
record KubernetesSources(List<MountedSecrets> mounted, Optional<WatchedSecrets> watched) implements AutoCloseable {

	private static final String API = "sluice.credentials.kubernetes-api";

	/**
	 * Reads them and begins to watch them.
	 * @param settings where they are
	 * @param listener told of credentials that were changed or removed
	 * @return what there is
	 * @throws InvalidSettingException if the settings don't say which secrets are meant
	 */
	static KubernetesSources open(SluiceProperties.Credentials settings, CredentialChangeListener listener) {
		List<MountedSecrets> mounted = settings.kubernetesSecrets()
			.stream()
			.map(Home::expanded)
			.distinct()
			.map((path) -> new MountedSecrets(path, listener))
			.toList();
		return new KubernetesSources(mounted, watch(settings.kubernetesApi(), listener));
	}

	private static Optional<WatchedSecrets> watch(SluiceProperties.KubernetesApi api,
			CredentialChangeListener listener) {
		SecretSelection selection = new SecretSelection(filled(api.namespace()), filled(api.labelSelector()),
				filled(api.serviceAccount()));
		if (selection.isEmpty()) {
			if (selection.namespace() != null) {
				throw new InvalidSettingException(API + ".namespace", selection.namespace(), "no secret is chosen: set "
						+ API + ".label-selector, " + API + ".service-account or both, or leave it out");
			}
			return Optional.empty();
		}
		try {
			return Optional.of(KubernetesApi.watch(selection, API + ".namespace", listener));
		}
		catch (UnusablePartException ex) {
			throw new InvalidSettingException(ex);
		}
	}

	private static @Nullable String filled(@Nullable String text) {
		return (text == null || text.isBlank()) ? null : text.strip();
	}

	/** All of them, in order. */
	List<CredentialSource> all() {
		return Stream.<CredentialSource>concat(this.mounted.stream(), this.watched.stream()).toList();
	}

	@Override
	public void close() {
		this.mounted.forEach(MountedSecrets::close);
		this.watched.ifPresent(WatchedSecrets::close);
	}

}
