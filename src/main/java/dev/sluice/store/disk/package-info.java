/**
 * The store's directory and what lies in it: blobs by their digests, whole and verified,
 * and files that are on their way in.
 * <p>
 * Start at {@link StoreDirectory}, which is one process' own for as long as it is open,
 * and at {@link BlobFiles}. There is no index beside the files: to look something up is
 * to open it. Everything here blocks, and is for threads that may.
 */
@NullMarked
package dev.sluice.store.disk;

import org.jspecify.annotations.NullMarked;
