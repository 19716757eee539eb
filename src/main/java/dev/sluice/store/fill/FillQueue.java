package dev.sluice.store.fill;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/**
 * What lies between a fill's connection and its thread: {@value #MOST} bytes and a buffer
 * at most, for the next one is asked for only while there is less. A buffer weighs
 * something by itself, so that crumbs, or nothing at all, are bounded too. Portions come
 * one after the other. Filled by event loops, emptied by the fill's thread alone.
 */
final class FillQueue {

	static final long MOST = 512 * 1024;

	/** What a buffer costs, however little is in it. */
	private static final long OVERHEAD = 512;

	private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();

	private final AtomicLong queued = new AtomicLong();

	private volatile boolean closed;

	private @Nullable Answers answers;

	private @Nullable Body body;

	/** Asks a supply; what comes of it arrives in the queue. */
	void ask(Supply supply, long offset) {
		Answers next = new Answers();
		this.answers = next;
		supply.from(offset).subscribe(next);
	}

	/** Has a portion's bytes arrive. */
	void receive(Supply.Portion portion) {
		Body next = new Body();
		this.body = next;
		portion.bytes().subscribe(next);
	}

	/** Waits for what arrives next. */
	Arrival take() throws InterruptedException {
		Arrival arrival = this.arrivals.take();
		Body from = this.body;
		if (from != null && arrival instanceof Arrival.Bytes(ByteBuf buffer)) {
			this.queued.addAndGet(-weight(buffer));
			from.askForMore();
		}
		return arrival;
	}

	private static long weight(ByteBuf buffer) {
		return OVERHEAD + buffer.readableBytes();
	}

	private void add(Arrival arrival) {
		this.arrivals.add(arrival);
		if (this.closed) {
			empty();
		}
	}

	/** Lets go of what is under way, and of all that has arrived or still does. */
	void close() {
		this.closed = true;
		if (this.answers != null) {
			this.answers.dispose();
		}
		if (this.body != null) {
			this.body.dispose();
		}
		empty();
	}

	private void empty() {
		for (Arrival left = this.arrivals.poll(); left != null; left = this.arrivals.poll()) {
			left.release();
		}
	}

	/**
	 * Something that arrives.
	 */
	sealed interface Arrival {

		/** Lets go of what it holds. */
		default void release() {
			// most hold nothing
		}

		/**
		 * An answer, whose bytes are to be received.
		 *
		 * @param portion the answer
		 */
		record Began(Supply.Portion portion) implements Arrival {

			@Override
			public void release() {
				this.portion.release();
			}

		}

		/**
		 * Bytes of it.
		 *
		 * @param buffer the bytes
		 */
		record Bytes(ByteBuf buffer) implements Arrival {

			@Override
			public void release() {
				this.buffer.release();
			}

		}

		/** Its end, where the upstream has it. */
		record Ended() implements Arrival {
		}

		/**
		 * Its end before that, or no answer.
		 *
		 * @param failure why
		 */
		record Broken(Throwable failure) implements Arrival {
		}

	}

	/** The one answer of a supply. */
	private final class Answers extends BaseSubscriber<Supply.Portion> {

		@Override
		protected void hookOnNext(Supply.Portion portion) {
			add(new Arrival.Began(portion));
		}

		@Override
		protected void hookOnError(Throwable failure) {
			add(new Arrival.Broken(failure));
		}

	}

	/** The bytes of one portion, one buffer at a time. */
	private final class Body extends BaseSubscriber<ByteBuf> {

		private final AtomicBoolean asked = new AtomicBoolean();

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			askForMore();
		}

		@Override
		protected void hookOnNext(ByteBuf buffer) {
			FillQueue.this.queued.addAndGet(weight(buffer));
			this.asked.set(false);
			add(new Arrival.Bytes(buffer));
			askForMore();
		}

		private void askForMore() {
			if (FillQueue.this.queued.get() < MOST && this.asked.compareAndSet(false, true)) {
				request(1);
			}
		}

		@Override
		protected void hookOnComplete() {
			add(new Arrival.Ended());
		}

		@Override
		protected void hookOnError(Throwable failure) {
			add(new Arrival.Broken(failure));
		}

	}

}
