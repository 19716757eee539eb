/**
 * The use case: manifests, blobs and listings, from the upstream to the caller.
 * <p>
 * Start at {@link ManifestPull}, {@link BlobPull} or {@link ListingPull}, by what is
 * pulled; {@link Pulled} is what they give, a type for each, and {@link Body} its bytes.
 * {@link HeldManifest} checks a manifest, {@link ManifestType} says which Content-Type it
 * is handed on with.
 */
@NullMarked
package dev.sluice.pull;

import org.jspecify.annotations.NullMarked;
