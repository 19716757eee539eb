package dev.sluice.store.fill;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * How far a fill has come. What is written may be read, but for the last byte: that one
 * is held back until the whole is verified, so that nobody ever has a complete wrong
 * blob. Where the length isn't known, it is the end that is held back. Once the disk has
 * failed, what is written may still be read, and there is a verdict for those who get the
 * rest elsewhere. Thread-safe; those who wait are one for each reader.
 */
final class WriteHead {

	private static final Logger LOG = LoggerFactory.getLogger(WriteHead.class);

	private final Set<Runnable> waiting = new LinkedHashSet<>();

	private final Sinks.One<OptionalLong> begun = Sinks.one();

	private final Sinks.One<Long> verdict = Sinks.one();

	private OptionalLong total = OptionalLong.empty();

	private long written;

	private boolean verified;

	private @Nullable DiskFailedException loss;

	private @Nullable Throwable failure;

	/** The upstream answers, and says perhaps how long the blob is. */
	void begin(OptionalLong length) {
		synchronized (this.waiting) {
			this.total = length;
		}
		this.begun.tryEmitValue(length);
	}

	/** When it does, or how it fails. */
	Mono<OptionalLong> begun() {
		return this.begun.asMono();
	}

	/** That many bytes are written. */
	void advance(long length) {
		change(() -> this.written = length);
	}

	long written() {
		synchronized (this.waiting) {
			return this.written;
		}
	}

	/** No more is written: what there is may be read, the rest is to be had elsewhere. */
	void lose(DiskFailedException cause) {
		change(() -> this.loss = cause);
	}

	/** All that came is the blob, of that many bytes, written or not. */
	void verify(long length) {
		change(() -> this.verified = true);
		this.verdict.tryEmitValue(length);
	}

	/** The blob's length once it is verified, or how it fails. */
	Mono<Long> verdict() {
		return this.verdict.asMono();
	}

	/** There will be no more, and what was held back never comes. */
	void fail(Throwable cause) {
		change(() -> this.failure = cause);
		this.begun.tryEmitError(cause);
		this.verdict.tryEmitError(cause);
	}

	private void change(Runnable change) {
		List<Runnable> woken;
		synchronized (this.waiting) {
			change.run();
			woken = new ArrayList<>(this.waiting);
			this.waiting.clear();
		}
		woken.forEach(WriteHead::wake);
	}

	/** One reader's fault is none of the others'. */
	private static void wake(Runnable reader) {
		try {
			reader.run();
		}
		catch (RuntimeException ex) {
			LOG.warn("a reader of what comes in failed", ex);
		}
	}

	/**
	 * Where a reader stands.
	 * @param position the next byte that it wants
	 * @param end behind the last byte that it wants
	 * @return what it is to do
	 */
	Sight look(long position, long end) {
		synchronized (this.waiting) {
			long readable = Math.min(end, shown());
			if (position < readable) {
				return new Sight.Bytes(readable - position);
			}
			if (position >= end || (this.verified && this.loss == null)) {
				return new Sight.End();
			}
			Throwable cause = (this.loss != null) ? this.loss : this.failure;
			return (cause != null) ? new Sight.Failed(cause) : new Sight.Nothing();
		}
	}

	private long shown() {
		return (this.verified || this.total.isEmpty()) ? this.written
				: Math.min(this.written, this.total.getAsLong() - 1);
	}

	/**
	 * Wakes a reader once, at the next change after a look that showed nothing.
	 * @param position where it stands
	 * @param end as for {@link #look}
	 * @param wake wakes it, on the thread that makes the change
	 * @return whether it waits; otherwise there is something to be seen by now
	 */
	boolean await(long position, long end, Runnable wake) {
		synchronized (this.waiting) {
			boolean nothing = look(position, end) instanceof Sight.Nothing;
			if (nothing) {
				this.waiting.add(wake);
			}
			return nothing;
		}
	}

	/** It waits no longer. */
	void leave(Runnable wake) {
		synchronized (this.waiting) {
			this.waiting.remove(wake);
		}
	}

	/**
	 * What a reader sees.
	 */
	sealed interface Sight {

		/**
		 * There is something to read.
		 *
		 * @param count how many bytes
		 */
		record Bytes(long count) implements Sight {
		}

		/** All that it wants has been read. */
		record End() implements Sight {
		}

		/**
		 * The rest won't come.
		 *
		 * @param cause why
		 */
		record Failed(Throwable cause) implements Sight {
		}

		/** The rest is still to come. */
		record Nothing() implements Sight {
		}

	}

}
