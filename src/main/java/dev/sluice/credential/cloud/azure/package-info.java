/**
 * Azure: who we are there, and the refresh tokens that its registries give for it.
 * <p>
 * Start at {@link AcrIdentity}; {@link Application} and {@link ManagedIdentity} say who
 * we are.
 */
@NullMarked
package dev.sluice.credential.cloud.azure;

import org.jspecify.annotations.NullMarked;
