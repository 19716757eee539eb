package dev.sluice.store.fill;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import dev.sluice.store.disk.SharedFile;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/**
 * Reads a fill's file right behind its write head. Emits slices on the thread that asks
 * for them, or on the fill's own where they are waited for; each is the subscriber's to
 * release. To be subscribed to once.
 */
final class FillReader extends Flux<FileSlice> {

	/** Bytes of one slice: what a connection takes in one go, and others wait for. */
	private static final long LONGEST = 256 * 1024;

	private final WriteHead head;

	private final SharedFile file;

	private final long first;

	private final long end;

	/**
	 * A reader.
	 * @param head how far the file is written
	 * @param file the file, held once by whoever made the reader, for it to release
	 * @param first the first byte wanted
	 * @param end behind the last one; {@link Long#MAX_VALUE} for all
	 */
	FillReader(WriteHead head, SharedFile file, long first, long end) {
		this.head = head;
		this.file = file;
		this.first = first;
		this.end = end;
	}

	@Override
	public void subscribe(CoreSubscriber<? super FileSlice> reader) {
		reader.onSubscribe(new Reading(reader));
	}

	/** Emits one slice at a time, whoever wakes it. */
	private final class Reading implements Subscription {

		private final CoreSubscriber<? super FileSlice> reader;

		private final AtomicLong wanted = new AtomicLong();

		private final AtomicInteger calls = new AtomicInteger();

		private final Runnable wake = this::read;

		private volatile boolean left;

		/** Of whoever reads just now. */
		private boolean over;

		private long position = FillReader.this.first;

		Reading(CoreSubscriber<? super FileSlice> reader) {
			this.reader = reader;
		}

		@Override
		public void request(long count) {
			this.wanted.accumulateAndGet(count, Operators::addCap);
			read();
		}

		@Override
		public void cancel() {
			this.left = true;
			read();
		}

		private void read() {
			if (this.calls.getAndIncrement() != 0) {
				return;
			}
			int seen = 1;
			while (seen != 0) {
				readOn();
				seen = this.calls.addAndGet(-seen);
			}
		}

		private void readOn() {
			boolean more = !this.over;
			while (more) {
				more = this.left ? leave() : step();
			}
		}

		private boolean step() {
			return switch (FillReader.this.head.look(this.position, FillReader.this.end)) {
				case WriteHead.Sight.Bytes(long count) -> this.wanted.get() > 0 && emit(Math.min(count, LONGEST));
				case WriteHead.Sight.Nothing() ->
					!FillReader.this.head.await(this.position, FillReader.this.end, this.wake);
				case WriteHead.Sight.End() -> {
					leave();
					this.reader.onComplete();
					yield false;
				}
				case WriteHead.Sight.Failed(Throwable cause) -> {
					leave();
					this.reader.onError(cause);
					yield false;
				}
			};
		}

		private boolean emit(long count) {
			FileSlice slice = new FileSlice((SharedFile) FillReader.this.file.retain(), this.position, count);
			this.position += count;
			this.wanted.decrementAndGet();
			this.reader.onNext(slice);
			return true;
		}

		private boolean leave() {
			this.over = true;
			FillReader.this.head.leave(this.wake);
			FillReader.this.file.release();
			return false;
		}

	}

}
