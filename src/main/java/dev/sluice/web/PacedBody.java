package dev.sluice.web;

import java.util.concurrent.atomic.AtomicLong;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/**
 * A body handed on at the pace of the client's connection: the next buffer is asked for
 * only while the connection is writable. What waits for a slow client is bounded by its
 * connection's high water mark and one buffer, however much the writer would prefetch.
 */
final class PacedBody extends Flux<ByteBuf> {

	private final Flux<ByteBuf> body;

	private final Channel client;

	PacedBody(Flux<ByteBuf> body, Channel client) {
		this.body = body;
		this.client = client;
	}

	@Override
	public void subscribe(CoreSubscriber<? super ByteBuf> writer) {
		this.body.subscribe(new Pace(writer, this.client));
	}

	/**
	 * Decides on the client's event loop alone, so behind whatever the writer has already
	 * scheduled there.
	 */
	private static final class Pace extends ChannelInboundHandlerAdapter
			implements CoreSubscriber<ByteBuf>, Subscription {

		private final CoreSubscriber<? super ByteBuf> writer;

		private final Channel client;

		private final AtomicLong wanted = new AtomicLong();

		/** On the event loop alone. */
		private boolean waiting;

		/** Set before anything is asked for. */
		private @Nullable Subscription source;

		Pace(CoreSubscriber<? super ByteBuf> writer, Channel client) {
			this.writer = writer;
			this.client = client;
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			this.source = subscription;
			this.client.pipeline().addFirst(this);
			this.writer.onSubscribe(this);
		}

		@Override
		public void request(long count) {
			this.wanted.accumulateAndGet(count, Operators::addCap);
			onEventLoop(this::askIfWritable);
		}

		@Override
		public void onNext(ByteBuf buffer) {
			this.writer.onNext(buffer);
			onEventLoop(() -> {
				this.waiting = false;
				askIfWritable();
			});
		}

		@Override
		public void channelWritabilityChanged(ChannelHandlerContext context) {
			askIfWritable();
			context.fireChannelWritabilityChanged();
		}

		private void askIfWritable() {
			Subscription asked = this.source;
			if (asked == null || this.waiting || this.wanted.get() == 0 || !this.client.isWritable()) {
				return;
			}
			this.waiting = true;
			this.wanted.decrementAndGet();
			asked.request(1);
		}

		@Override
		public void onError(Throwable failure) {
			leave();
			this.writer.onError(failure);
		}

		@Override
		public void onComplete() {
			leave();
			this.writer.onComplete();
		}

		@Override
		public void cancel() {
			leave();
			Subscription asked = this.source;
			if (asked != null) {
				asked.cancel();
			}
		}

		private void leave() {
			onEventLoop(() -> {
				if (this.client.pipeline().context(this) != null) {
					this.client.pipeline().remove(this);
				}
			});
		}

		private void onEventLoop(Runnable task) {
			if (this.client.eventLoop().inEventLoop()) {
				task.run();
			}
			else {
				this.client.eventLoop().execute(task);
			}
		}

	}

}
