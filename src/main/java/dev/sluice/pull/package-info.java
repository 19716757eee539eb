/**
 * The use case: manifests, blobs and listings, from the upstream to the caller.
 * <p>
 * Start at {@link ManifestPull}, {@link BlobPull} or {@link ListingPull}, by what is
 * pulled; {@link Pulled} is what they give, a type for each, and {@link Body} its bytes.
 */
@NullMarked
package dev.sluice.pull;

import org.jspecify.annotations.NullMarked;
