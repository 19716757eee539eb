package dev.sluice.transport;

import java.util.concurrent.atomic.AtomicBoolean;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.netty.ByteBufFlux;
import reactor.netty.Connection;
import reactor.util.context.Context;

/**
 * A body on its way: passes buffers on as they are, tells the {@link ReadGate} how much
 * is wanted, notices an early end and a late one, and closes the connection when it is
 * cancelled. A connection that has served the whole body isn't ours any more and is left
 * alone, though some of the body may still wait in memory: that is thrown away.
 */
final class BodyStream extends Flux<ByteBuf> {

	/** The answer says nothing of its body's length. */
	static final long UNKNOWN_LENGTH = -1;

	private final ByteBufFlux source;

	private final EventLoop loop;

	private final ReadGate gate;

	private final long exchange;

	private final long length;

	private final FailureMessages failures;

	/**
	 * Takes the body of the exchange that is under way. To be called on the event loop,
	 * while the connection is still the exchange's.
	 * @param connection the exchange
	 * @param gate the connection's gate
	 * @param length the length declared, or {@link #UNKNOWN_LENGTH}
	 * @param failures how failures are told
	 */
	BodyStream(Connection connection, ReadGate gate, long length, FailureMessages failures) {
		this.source = connection.inbound().receive();
		this.loop = connection.channel().eventLoop();
		this.gate = gate;
		this.exchange = gate.exchange();
		this.length = length;
		this.failures = failures;
	}

	@Override
	public void subscribe(CoreSubscriber<? super ByteBuf> actual) {
		this.source.subscribe(new Course(actual));
	}

	private final class Course implements CoreSubscriber<ByteBuf>, Subscription {

		private final CoreSubscriber<? super ByteBuf> actual;

		private final AtomicBoolean cancelled = new AtomicBoolean();

		private Subscription source = Operators.emptySubscription();

		private long wanted;

		private long received;

		Course(CoreSubscriber<? super ByteBuf> actual) {
			this.actual = actual;
		}

		@Override
		public Context currentContext() {
			return this.actual.currentContext();
		}

		@Override
		public void onSubscribe(Subscription source) {
			this.source = source;
			this.actual.onSubscribe(this);
		}

		@Override
		public void request(long n) {
			if (Operators.validate(n)) {
				onLoop(() -> requestMore(n));
			}
		}

		@Override
		public void cancel() {
			if (this.cancelled.compareAndSet(false, true)) {
				onLoop(this::letGo);
			}
		}

		@Override
		public void onNext(ByteBuf buffer) {
			if (this.cancelled.get()) {
				return;
			}
			this.received += buffer.readableBytes();
			if (BodyStream.this.length != UNKNOWN_LENGTH && this.received > BodyStream.this.length) {
				cancel();
				this.actual.onError(BodyStream.this.failures.longBody(BodyStream.this.length));
				return;
			}
			if (this.wanted != Long.MAX_VALUE && --this.wanted == 0) {
				BodyStream.this.gate.want(BodyStream.this.exchange, false);
			}
			this.actual.onNext(buffer.retain());
		}

		@Override
		public void onError(Throwable failure) {
			if (!this.cancelled.get()) {
				this.actual.onError(BodyStream.this.failures.inBody(failure, this.received, BodyStream.this.length));
			}
		}

		@Override
		public void onComplete() {
			if (this.cancelled.get()) {
				return;
			}
			if (this.received < BodyStream.this.length) {
				this.actual.onError(BodyStream.this.failures.shortBody(this.received, BodyStream.this.length));
			}
			else {
				this.actual.onComplete();
			}
		}

		private void requestMore(long n) {
			if (this.cancelled.get()) {
				return;
			}
			this.wanted = Operators.addCap(this.wanted, n);
			this.source.request(n);
			BodyStream.this.gate.want(BodyStream.this.exchange, this.wanted > 0);
		}

		private void letGo() {
			if (BodyStream.this.gate.isOver(BodyStream.this.exchange)) {
				this.source.request(Long.MAX_VALUE);
			}
			else {
				this.source.cancel();
			}
		}

		private void onLoop(Runnable step) {
			if (BodyStream.this.loop.inEventLoop()) {
				step.run();
			}
			else {
				BodyStream.this.loop.execute(step);
			}
		}

	}

}
