/**
 * Secrets of Kubernetes: mounted into a directory, or watched through the API, and
 * followed while they change.
 * <p>
 * Starting points: {@link dev.sluice.credential.kubernetes.MountedSecrets} for the
 * directory, and {@link dev.sluice.credential.kubernetes.WatchedSecrets} for the API, as
 * the rest of Sluice sees them, {@link dev.sluice.credential.kubernetes.SecretReader} for
 * what a secret may hold, {@link dev.sluice.credential.kubernetes.HeldSecrets} for what
 * is in force.
 */
@NullMarked
package dev.sluice.credential.kubernetes;

import org.jspecify.annotations.NullMarked;
