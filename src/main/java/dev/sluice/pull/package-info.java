/**
 * The use case: manifests, blobs and listings, from the upstream to the caller.
 */
@NullMarked
package dev.sluice.pull;

import org.jspecify.annotations.NullMarked;
