package dev.sluice.credential.kubernetes;

import org.jspecify.annotations.Nullable;

/**
 * Which secrets of the Kubernetes API are used: those that a label selector chooses, and
 * those that a service account names as its {@code imagePullSecrets}. Immutable.
 *
 * @param namespace where they are, or null for Sluice's own
 * @param labelSelector such as {@code app=sluice,tier in (a,b)}, or null for none
 * @param serviceAccount the service account's name, or null for none
 */
public record SecretSelection(@Nullable String namespace, @Nullable String labelSelector,
		@Nullable String serviceAccount) {

	/** Whether any secret is asked for. */
	public boolean isEmpty() {
		return this.labelSelector == null && this.serviceAccount == null;
	}

}
