package dev.sluice.store.disk;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import dev.sluice.oci.Digest;
import io.netty.util.IllegalReferenceCountException;
import org.jspecify.annotations.Nullable;

/**
 * The blobs that are being read, each by one open file for all its readers. A blob is
 * either read or taken away, whichever comes first: who wants the other finds it so, and
 * nobody waits but for a file that is just being opened. Thread-safe; no entry stays
 * longer than its readers.
 */
final class OpenBlobs {

	private static final CompletableFuture<Optional<Open>> LEAVING = CompletableFuture
		.completedFuture(Optional.empty());

	private final ConcurrentHashMap<Digest, CompletableFuture<Optional<Open>>> files = new ConcurrentHashMap<>();

	/**
	 * Opens a blob, or shares it.
	 * @param digest its digest
	 * @param opening opens its file
	 * @return the blob, held once more; empty if it isn't there, or leaves
	 * @throws IOException if it can't be opened
	 */
	Optional<Open> open(Digest digest, Opening opening) throws IOException {
		while (true) {
			CompletableFuture<Optional<Open>> mine = new CompletableFuture<>();
			CompletableFuture<Optional<Open>> others = this.files.putIfAbsent(digest, mine);
			if (others == null) {
				return first(digest, mine, opening);
			}
			Optional<Open> open = others.join();
			if (open.isEmpty() || open.get().share()) {
				return open;
			}
			this.files.remove(digest, others);
		}
	}

	private Optional<Open> first(Digest digest, CompletableFuture<Optional<Open>> mine, Opening opening)
			throws IOException {
		Optional<Open> open = Optional.empty();
		try {
			open = opening.open();
			return open;
		}
		finally {
			open.ifPresentOrElse((it) -> it.file().whenClosed(() -> this.files.remove(digest, mine)),
					() -> this.files.remove(digest, mine));
			mine.complete(open);
		}
	}

	/**
	 * A file that others read by now becomes a blob.
	 * @param digest its digest
	 * @param open the file
	 * @return takes that back
	 */
	Runnable add(Digest digest, Open open) {
		CompletableFuture<Optional<Open>> mine = CompletableFuture.completedFuture(Optional.of(open));
		this.files.put(digest, mine);
		Runnable removing = () -> this.files.remove(digest, mine);
		open.file().whenClosed(removing);
		return removing;
	}

	/**
	 * Keeps a blob from being opened until it has left.
	 * @param digest its digest
	 * @return whether nobody reads it
	 */
	boolean leaveUnread(Digest digest) {
		return this.files.putIfAbsent(digest, LEAVING) == null;
	}

	/**
	 * Keeps a blob from being opened until it has left, whoever reads it.
	 * @param digest its digest
	 * @return the file of those who do
	 */
	@Nullable SharedFile leave(Digest digest) {
		CompletableFuture<Optional<Open>> readers = this.files.put(digest, LEAVING);
		return (readers != null) ? readers.join().map(Open::file).orElse(null) : null;
	}

	/** It has left. */
	void left(Digest digest) {
		this.files.remove(digest, LEAVING);
	}

	/** Opens a file. */
	@FunctionalInterface
	interface Opening {

		Optional<Open> open() throws IOException;

	}

	/**
	 * An open blob.
	 *
	 * @param file its file
	 * @param length bytes
	 * @param use when it was last used
	 */
	record Open(SharedFile file, long length, LastUse use) {

		boolean share() {
			try {
				this.file.retain();
				return true;
			}
			catch (IllegalReferenceCountException _) {
				return false;
			}
		}

	}

}
