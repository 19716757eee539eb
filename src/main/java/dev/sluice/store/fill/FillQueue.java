package dev.sluice.store.fill;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.buffer.ByteBuf;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;

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

	private final BlockingQueue<Item> items = new LinkedBlockingQueue<>();

	private volatile boolean closed;

	/** What is listened to, of the fill's thread alone: what others sent is dropped. */
	private Source source = new Answers();

	/** Asks a supply; what comes of it arrives in the queue, and nothing else does. */
	void ask(Supply supply, long offset) {
		Answers next = new Answers();
		this.source.dispose();
		this.source = next;
		supply.from(offset)
			.switchIfEmpty(Mono.error(() -> new IllegalStateException("the supply gave nothing")))
			.subscribe(next);
	}

	/** Has a portion's bytes arrive. */
	void receive(Supply.Portion portion) {
		Body next = new Body();
		this.source = next;
		portion.bytes().subscribe(next);
	}

	/** Whether it is bytes that are waited for. */
	boolean isReceiving() {
		return this.source instanceof Body;
	}

	/** Waits for what arrives next. */
	Arrival take() throws InterruptedException {
		Optional<Arrival> arrival = Optional.empty();
		while (arrival.isEmpty()) {
			arrival = taken(this.items.take());
		}
		return arrival.get();
	}

	/**
	 * Waits for what arrives next.
	 * @param nanos for how long at most
	 * @return what arrived; empty if nothing did, or nothing that counts
	 */
	Optional<Arrival> take(long nanos) throws InterruptedException {
		Item item = this.items.poll(nanos, TimeUnit.NANOSECONDS);
		return (item != null) ? taken(item) : Optional.empty();
	}

	private Optional<Arrival> taken(Item item) {
		if (item.from() != this.source) {
			item.arrival().release();
			return Optional.empty();
		}
		if (item.from() instanceof Body body && item.arrival() instanceof Arrival.Bytes(ByteBuf buffer)) {
			body.taken(buffer);
		}
		return Optional.of(item.arrival());
	}

	private static long weight(ByteBuf buffer) {
		return OVERHEAD + buffer.readableBytes();
	}

	private void add(Source from, Arrival arrival) {
		this.items.add(new Item(from, arrival));
		if (this.closed) {
			empty();
		}
	}

	/** Lets go of what is under way, and of all that has arrived or still does. */
	void close() {
		this.closed = true;
		this.source.dispose();
		empty();
	}

	private void empty() {
		for (Item left = this.items.poll(); left != null; left = this.items.poll()) {
			left.arrival().release();
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

	private record Item(Source from, Arrival arrival) {
	}

	private sealed interface Source extends Disposable {

	}

	/** The one answer of a supply. */
	private final class Answers extends BaseSubscriber<Supply.Portion> implements Source {

		@Override
		protected void hookOnNext(Supply.Portion portion) {
			add(this, new Arrival.Began(portion));
		}

		@Override
		protected void hookOnError(Throwable failure) {
			add(this, new Arrival.Broken(failure));
		}

	}

	/** The bytes of one portion, one buffer at a time. */
	private final class Body extends BaseSubscriber<ByteBuf> implements Source {

		private final AtomicBoolean asked = new AtomicBoolean();

		private final AtomicLong queued = new AtomicLong();

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			askForMore();
		}

		@Override
		protected void hookOnNext(ByteBuf buffer) {
			this.queued.addAndGet(weight(buffer));
			this.asked.set(false);
			add(this, new Arrival.Bytes(buffer));
			askForMore();
		}

		private void taken(ByteBuf buffer) {
			this.queued.addAndGet(-weight(buffer));
			askForMore();
		}

		private void askForMore() {
			if (this.queued.get() < MOST && this.asked.compareAndSet(false, true)) {
				request(1);
			}
		}

		@Override
		protected void hookOnComplete() {
			add(this, new Arrival.Ended());
		}

		@Override
		protected void hookOnError(Throwable failure) {
			add(this, new Arrival.Broken(failure));
		}

	}

}
