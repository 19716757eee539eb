/**
 * Secrets of Kubernetes: mounted into a directory, and followed while they change.
 * <p>
 * Starting points: {@link dev.sluice.credential.kubernetes.MountedSecrets} for the
 * directory as the rest of Sluice sees it,
 * {@link dev.sluice.credential.kubernetes.SecretReader} for what a secret may hold,
 * {@link dev.sluice.credential.kubernetes.HeldSecrets} for what is in force.
 */
@NullMarked
package dev.sluice.credential.kubernetes;

import org.jspecify.annotations.NullMarked;
