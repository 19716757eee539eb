/**
 * Azure: who we are there, and the refresh tokens that its registries give for it.
 */
@NullMarked
package dev.sluice.credential.cloud.azure;

import org.jspecify.annotations.NullMarked;
