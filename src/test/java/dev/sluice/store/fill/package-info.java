/**
 * Blobs that come in: what clients get of them meanwhile, and what is kept.
 */
@NullMarked
package dev.sluice.store.fill;

import org.jspecify.annotations.NullMarked;
