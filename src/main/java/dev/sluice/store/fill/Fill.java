package dev.sluice.store.fill;

import java.util.OptionalLong;

import dev.sluice.store.disk.SharedFile;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One client's place at a blob that comes in. Whoever has it reads it once or releases
 * it. Thread-safe.
 */
public final class Fill {

	private final WriteHead head;

	private final SharedFile file;

	Fill(WriteHead head, SharedFile file) {
		this.head = head;
		this.file = file;
	}

	/**
	 * Waits until the upstream has begun to answer.
	 * @return the blob's length, empty if it isn't told; its error is the upstream's
	 */
	public Mono<OptionalLong> begun() {
		return this.head.begun();
	}

	/**
	 * How far it has come.
	 * @return bytes
	 */
	public long written() {
		return this.head.written();
	}

	/**
	 * Reads some of it, as far as it has come and further as it comes. The blob's last
	 * byte, or its end where the length isn't known, comes once all of it is verified.
	 * @param first the first byte
	 * @param end behind the last one; {@link Long#MAX_VALUE} for all
	 * @return slices, each the subscriber's to release; its error is that of
	 * {@link #begun}, that the blob isn't what its digest says, or, once all has been
	 * read that there is, a {@link DiskFailedException}
	 */
	public Flux<FileSlice> read(long first, long end) {
		return new FillReader(this.head, this.file, first, end);
	}

	/**
	 * Waits until all of it has come, be it written or not. May be waited for once the
	 * place was given up.
	 * @return the verified blob's length; its error is the upstream's, or that the blob
	 * isn't what its digest says
	 */
	public Mono<Long> verdict() {
		return this.head.verdict();
	}

	/** Gives the place up unread. */
	public void release() {
		this.file.release();
	}

}
