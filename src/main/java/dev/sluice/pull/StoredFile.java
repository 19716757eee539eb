package dev.sluice.pull;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import dev.sluice.store.disk.SharedFile;
import dev.sluice.store.disk.StoredBlob;
import dev.sluice.store.fill.DiskFailedException;
import dev.sluice.store.fill.Fill;
import dev.sluice.store.fill.FileSlice;
import reactor.core.publisher.Flux;

/**
 * One client's hold on a file of the store, whole or coming in: read once or released,
 * and releasing in any case is right. Thread-safe.
 */
final class StoredFile {

	/** Bytes of a slice of what is whole: a client that leaves is told by them. */
	private static final long LONGEST = 1024 * 1024;

	private final Origin origin;

	private final Reading reading;

	private final Runnable releasing;

	private final AtomicBoolean gone = new AtomicBoolean();

	private StoredFile(Origin origin, Reading reading, Runnable releasing) {
		this.origin = origin;
		this.reading = reading;
		this.releasing = releasing;
	}

	static StoredFile of(StoredBlob blob) {
		SharedFile file = blob.file();
		return new StoredFile(Origin.DISK, (first, end) -> slices(file, first, Math.min(end, blob.length())),
				file::release);
	}

	static StoredFile of(Fill fill, Detour detour) {
		return new StoredFile(Origin.FILL, (first, end) -> read(fill, detour, first, end), fill::release);
	}

	private static Flux<Body.Piece> read(Fill fill, Detour detour, long first, long end) {
		AtomicLong position = new AtomicLong(first);
		return fill.read(first, end)
			.doOnNext((slice) -> position.addAndGet(slice.count()))
			.map(StoredFile::slice)
			.onErrorResume(DiskFailedException.class,
					(failure) -> detour.from(position.get(), end, failure.sumTo(position.get())));
	}

	private static Flux<Body.Piece> slices(SharedFile file, long first, long end) {
		return Flux.<Body.Piece, Long>generate(() -> first, (at, sink) -> {
			if (at >= end) {
				sink.complete();
				return at;
			}
			long count = Math.min(LONGEST, end - at);
			sink.next(slice(new FileSlice((SharedFile) file.retain(), at, count)));
			return at + count;
		}).doFinally((_) -> file.release());
	}

	private static Body.Piece slice(FileSlice slice) {
		return new Body.Slice(slice.file().channel(), slice.position(), slice.count(), slice::release);
	}

	/** Where its bytes come from, also those that come past a disk that fails. */
	Origin origin() {
		return this.origin;
	}

	/**
	 * Its bytes as a body.
	 * @param first the first byte
	 * @param end behind the last one
	 * @return the body
	 */
	Body.Sliced body(long first, long end) {
		Flux<Body.Piece> pieces = Flux.defer(() -> this.gone.compareAndSet(false, true) ? this.reading.read(first, end)
				: Flux.error(new IllegalStateException("it was let go of")));
		return new Body.Sliced(pieces, this::release);
	}

	/** Lets go of it, if it isn't being read. */
	void release() {
		if (this.gone.compareAndSet(false, true)) {
			this.releasing.run();
		}
	}

	private interface Reading {

		Flux<Body.Piece> read(long first, long end);

	}

}
