/**
 * What we hold: blobs by digest on disk, and those that are coming in. Knows nothing of
 * HTTP or registries.
 * <p>
 * Start at {@link Store}; {@code disk} is its directory, {@code fill} how blobs come in,
 * {@code space} how much of them there may be.
 */
@NullMarked
package dev.sluice.store;

import org.jspecify.annotations.NullMarked;
