package dev.sluice.transport;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;

/**
 * Hands an answer to a subscriber, exactly once or not at all: an answer that comes when
 * the subscriber has left is closed, which no chain of operators does in every race. Once
 * handed over, cancelling does nothing any more: the answer is the subscriber's.
 */
final class Handover extends Mono<Answer> {

	private final Function<Receiver, Publisher<?>> exchange;

	/**
	 * An exchange that ends with an answer.
	 * @param exchange starts the exchange; gives its answer to the receiver and completes
	 * empty, or fails
	 */
	Handover(Function<Receiver, Publisher<?>> exchange) {
		this.exchange = exchange;
	}

	@Override
	public void subscribe(CoreSubscriber<? super Answer> actual) {
		actual.onSubscribe(new Receiver(actual));
	}

	/** Where the exchange puts its answer. Thread-safe. */
	final class Receiver implements Subscription {

		private final CoreSubscriber<? super Answer> actual;

		private final AtomicBoolean started = new AtomicBoolean();

		private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

		private final Disposable.Swap running = Disposables.swap();

		private volatile @Nullable EventLoop loop;

		private Receiver(CoreSubscriber<? super Answer> actual) {
			this.actual = actual;
		}

		/**
		 * Tells which connection the exchange runs over. To be called on its event loop
		 * before the request is written. Cancelling happens there from then on: elsewhere
		 * it could meet the answer half-way, and {@code HttpClient}, which retries by
		 * {@code retryWhen}, would then drop the body, and never give the connection back
		 * to its pool. Where cancelling has begun elsewhere already, the connection is
		 * closed, so that no answer comes.
		 * @param connection the connection
		 */
		void runsOver(Connection connection) {
			this.loop = connection.channel().eventLoop();
			if (this.state.get() == State.CANCELLED) {
				connection.dispose();
			}
		}

		void accept(NettyAnswer answer) {
			if (this.state.compareAndSet(State.WAITING, State.DONE)) {
				this.actual.onNext(answer);
				this.actual.onComplete();
			}
			else {
				answer.close();
			}
		}

		@Override
		public void request(long n) {
			if (this.started.compareAndSet(false, true)) {
				Disposable exchange = Flux.from(Handover.this.exchange.apply(this))
					.subscribe(null, this::fail, this::end, this.actual.currentContext());
				this.running.update(exchange);
			}
		}

		@Override
		public void cancel() {
			if (this.state.compareAndSet(State.WAITING, State.CANCELLED)) {
				EventLoop loop = this.loop;
				if (loop != null) {
					loop.execute(this.running::dispose);
				}
				else {
					this.running.dispose();
				}
			}
		}

		private void fail(Throwable failure) {
			if (this.state.compareAndSet(State.WAITING, State.DONE)) {
				this.actual.onError(failure);
			}
		}

		private void end() {
			fail(new IllegalStateException("an exchange without an answer"));
		}

	}

	private enum State {

		WAITING, DONE, CANCELLED

	}

}
