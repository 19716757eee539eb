package dev.sluice;

import java.util.List;

import dev.sluice.credential.CredentialChangeListener;
import dev.sluice.credential.kubernetes.MountedSecrets;

/**
 * The credentials in secrets of Kubernetes, closed with the context.
 *
 * @param mounted those in directories, in order
 */
record KubernetesSources(List<MountedSecrets> mounted) implements AutoCloseable {

	/**
	 * Reads them and begins to watch them.
	 * @param settings where they are
	 * @param listener told of credentials that were changed or removed
	 * @return what there is
	 */
	static KubernetesSources open(SluiceProperties.Credentials settings, CredentialChangeListener listener) {
		return new KubernetesSources(settings.kubernetesSecrets()
			.stream()
			.map(Home::expanded)
			.distinct()
			.map((path) -> new MountedSecrets(path, listener))
			.toList());
	}

	@Override
	public void close() {
		this.mounted.forEach(MountedSecrets::close);
	}

}
