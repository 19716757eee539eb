package dev.sluice.web;

import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import dev.sluice.pull.Body;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.core.publisher.Signal;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;

/**
 * Pieces of a body read into memory, for a connection that can't take files, as under
 * TLS: one buffer of {@value SliceRead#MOST} bytes for each that is asked for, none
 * ahead, read where that may block. A client that leaves interrupts no read: that would
 * close the file under its other readers.
 */
final class ReadPieces extends Flux<ByteBuf> {

	private final Flux<Body.Piece> pieces;

	private final ByteBufAllocator memory;

	private final Scheduler disk;

	/**
	 * Reads pieces.
	 * @param pieces the pieces
	 * @param memory where the buffers come from
	 * @param disk where it may block
	 */
	ReadPieces(Flux<Body.Piece> pieces, ByteBufAllocator memory, Scheduler disk) {
		this.pieces = pieces;
		this.memory = memory;
		this.disk = disk;
	}

	@Override
	public void subscribe(CoreSubscriber<? super ByteBuf> writer) {
		this.pieces.doOnDiscard(Body.Piece.class, Body.Piece::release).subscribe(new Reading(writer));
	}

	/** Takes one step at a time, whoever wakes it. */
	private final class Reading implements CoreSubscriber<Body.Piece>, Subscription {

		private final CoreSubscriber<? super ByteBuf> writer;

		private final AtomicLong wanted = new AtomicLong();

		private final AtomicInteger calls = new AtomicInteger();

		private final AtomicReference<Body.@Nullable Piece> arrived = new AtomicReference<>();

		private final AtomicReference<@Nullable Signal<ByteBuf>> outcome = new AtomicReference<>();

		private Subscription source = Operators.emptySubscription();

		private volatile boolean left;

		private volatile boolean ended;

		private volatile @Nullable Throwable failure;

		/** These are of whoever takes a step just now. */
		private boolean over;

		private boolean asked;

		private boolean reading;

		private @Nullable SliceRead slice;

		Reading(CoreSubscriber<? super ByteBuf> writer) {
			this.writer = writer;
		}

		@Override
		public Context currentContext() {
			return this.writer.currentContext();
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			this.source = subscription;
			this.writer.onSubscribe(this);
		}

		@Override
		public void request(long count) {
			this.wanted.accumulateAndGet(count, Operators::addCap);
			wake();
		}

		@Override
		public void cancel() {
			this.left = true;
			this.source.cancel();
			wake();
		}

		@Override
		public void onNext(Body.Piece piece) {
			this.arrived.set(piece);
			wake();
		}

		@Override
		public void onError(Throwable cause) {
			this.failure = cause;
			onComplete();
		}

		@Override
		public void onComplete() {
			this.ended = true;
			wake();
		}

		private void wake() {
			if (this.calls.getAndIncrement() != 0) {
				return;
			}
			int seen = 1;
			while (seen != 0) {
				boolean more = true;
				while (more) {
					more = (this.left || this.over) ? leave() : step();
				}
				seen = this.calls.addAndGet(-seen);
			}
		}

		/** Nothing arrives once it has ended, but perhaps right before. */
		private boolean step() {
			Signal<ByteBuf> came = this.outcome.getAndSet(null);
			if (came != null) {
				return emit(came);
			}
			if (this.reading) {
				return false;
			}
			SliceRead current = this.slice;
			if (current != null) {
				return this.wanted.get() > 0 && begin(current);
			}
			boolean wasEnded = this.ended;
			Body.Piece piece = this.arrived.getAndSet(null);
			if (piece != null) {
				return take(piece);
			}
			return wasEnded ? end(this.failure) : ask();
		}

		private boolean ask() {
			if (!this.asked && this.wanted.get() > 0) {
				this.asked = true;
				this.source.request(1);
			}
			return false;
		}

		private boolean take(Body.Piece piece) {
			this.asked = false;
			return switch (piece) {
				case Body.Buffer(ByteBuf bytes) -> emit(bytes);
				case Body.Slice next -> {
					this.slice = new SliceRead(next);
					yield true;
				}
			};
		}

		private boolean begin(SliceRead current) {
			this.reading = true;
			try {
				ReadPieces.this.disk.schedule(() -> read(current));
			}
			catch (RejectedExecutionException ex) {
				this.outcome.set(Signal.error(ex));
			}
			return true;
		}

		private void read(SliceRead current) {
			try {
				this.outcome.set(Signal.next(current.next(ReadPieces.this.memory)));
			}
			catch (Throwable ex) {
				this.outcome.set(Signal.error(ex));
			}
			wake();
		}

		private boolean emit(Signal<ByteBuf> came) {
			this.reading = false;
			ByteBuf buffer = came.get();
			if (buffer == null) {
				return end(came.getThrowable());
			}
			if (this.slice != null && this.slice.isDone()) {
				letGoOfSlice();
			}
			return emit(buffer);
		}

		private boolean emit(ByteBuf buffer) {
			this.wanted.decrementAndGet();
			this.writer.onNext(buffer);
			return true;
		}

		private boolean end(@Nullable Throwable cause) {
			leave();
			if (cause == null) {
				this.writer.onComplete();
			}
			else {
				this.source.cancel();
				this.writer.onError(cause);
			}
			return false;
		}

		/** A read that is under way lets go of the slice once it is over. */
		private boolean leave() {
			this.over = true;
			Body.Piece piece = this.arrived.getAndSet(null);
			if (piece != null) {
				piece.release();
			}
			Signal<ByteBuf> came = this.outcome.getAndSet(null);
			if (came != null) {
				this.reading = false;
				ReferenceCountUtil.release(came.get());
			}
			if (!this.reading) {
				letGoOfSlice();
			}
			return false;
		}

		private void letGoOfSlice() {
			SliceRead current = this.slice;
			if (current != null) {
				current.release();
			}
			this.slice = null;
		}

	}

}
