package dev.sluice.web;

import dev.sluice.pull.Body;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.util.context.Context;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * Writes pieces to a client's connection, the next once the kernel has taken one, and
 * emits nothing but the end. Holds no piece: what comes when the client has left is let
 * go of at once, and a connection that is closed lets go of what it was given.
 */
final class WrittenPieces extends Flux<DataBuffer> {

	private final Flux<Body.Piece> pieces;

	private final Channel client;

	/**
	 * Nothing is written before somebody subscribes.
	 * @param pieces the pieces, from whatever threads
	 * @param client the client's connection, which takes file regions
	 */
	WrittenPieces(Flux<Body.Piece> pieces, Channel client) {
		this.pieces = pieces;
		this.client = client;
	}

	@Override
	public void subscribe(CoreSubscriber<? super DataBuffer> end) {
		this.pieces.subscribe(new Writing(this.client, end));
	}

	/** Has one piece under way at most. */
	private static final class Writing implements CoreSubscriber<Body.Piece>, Subscription {

		private final Channel client;

		private final CoreSubscriber<? super DataBuffer> end;

		private @Nullable Subscription source;

		private boolean begun;

		private boolean writing;

		/** The source has no more. */
		private boolean done;

		/** The client has left, or has been told the end. */
		private boolean over;

		Writing(Channel client, CoreSubscriber<? super DataBuffer> end) {
			this.client = client;
			this.end = end;
		}

		@Override
		public Context currentContext() {
			return this.end.currentContext();
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			this.source = subscription;
			this.end.onSubscribe(this);
		}

		@Override
		public void request(long count) {
			synchronized (this) {
				if (this.begun) {
					return;
				}
				this.begun = true;
			}
			askForOne();
		}

		@Override
		public void onNext(Body.Piece piece) {
			if (mayWrite()) {
				this.client.writeAndFlush(message(piece)).addListener(this::written);
			}
			else {
				piece.release();
			}
		}

		private synchronized boolean mayWrite() {
			this.writing = !this.over;
			return this.writing;
		}

		private void written(Future<?> write) {
			Throwable failure = write.cause();
			if (failure != null) {
				cancelSource();
				onError(failure);
			}
			else if (isLast()) {
				onComplete();
			}
			else {
				askForOne();
			}
		}

		private synchronized boolean isLast() {
			this.writing = false;
			return this.done;
		}

		@Override
		public void onComplete() {
			synchronized (this) {
				this.done = true;
				if (this.writing || this.over) {
					return;
				}
				this.over = true;
			}
			this.end.onComplete();
		}

		@Override
		public void onError(Throwable failure) {
			synchronized (this) {
				if (this.over) {
					return;
				}
				this.over = true;
			}
			this.end.onError(failure);
		}

		@Override
		public void cancel() {
			synchronized (this) {
				this.over = true;
			}
			cancelSource();
		}

		private void askForOne() {
			if (this.source != null) {
				this.source.request(1);
			}
		}

		private void cancelSource() {
			if (this.source != null) {
				this.source.cancel();
			}
		}

		private static Object message(Body.Piece piece) {
			return switch (piece) {
				case Body.Slice slice -> new SliceRegion(slice);
				case Body.Buffer(ByteBuf bytes) -> bytes;
			};
		}

	}

}
