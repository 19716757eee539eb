package dev.sluice.testing;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * What a server received: the last {@value #BOUND} requests, and those of them that the
 * client gave up. Thread-safe.
 */
public final class RequestLog {

	/** The number of requests kept; older ones are forgotten. */
	public static final int BOUND = 50_000;

	private final Deque<RecordedRequest> received = new ArrayDeque<>();

	private final Deque<RecordedRequest> cancelled = new ArrayDeque<>();

	synchronized void received(RecordedRequest request) {
		add(this.received, request);
	}

	synchronized void cancelled(RecordedRequest request) {
		add(this.cancelled, request);
	}

	private void add(Deque<RecordedRequest> requests, RecordedRequest request) {
		requests.addLast(request);
		if (requests.size() > BOUND) {
			requests.removeFirst();
		}
		notifyAll();
	}

	/** All requests, in order of arrival. */
	public synchronized List<RecordedRequest> all() {
		return new ArrayList<>(this.received);
	}

	/** The requests that match, in order of arrival. */
	public synchronized List<RecordedRequest> matching(Predicate<RecordedRequest> predicate) {
		return this.received.stream().filter(predicate).toList();
	}

	/** How many requests arrived. */
	public synchronized int count() {
		return this.received.size();
	}

	/** How many requests arrived that match. */
	public int count(Predicate<RecordedRequest> predicate) {
		return matching(predicate).size();
	}

	/** The latest request. */
	public synchronized RecordedRequest last() {
		return this.received.getLast();
	}

	/** Forgets everything so far. */
	public synchronized void clear() {
		this.received.clear();
		this.cancelled.clear();
	}

	/** How many requests the client gave up before the answer was complete. */
	public synchronized int cancelledCount(Predicate<RecordedRequest> predicate) {
		return (int) this.cancelled.stream().filter(predicate).count();
	}

	/**
	 * Waits until {@code count} matching requests have arrived.
	 * @throws AssertionError if they have not within {@code limit}
	 */
	public void awaitCount(Predicate<RecordedRequest> predicate, int count, Duration limit) {
		await(() -> count(predicate) >= count, limit, count + " requests did not arrive");
	}

	/**
	 * Waits until the client has given up a matching request.
	 * @throws AssertionError if it has not within {@code limit}
	 */
	public void awaitCancelled(Predicate<RecordedRequest> predicate, Duration limit) {
		await(() -> cancelledCount(predicate) > 0, limit, "no request was cancelled");
	}

	private synchronized void await(BooleanSupplier condition, Duration limit, String otherwise) {
		long end = System.nanoTime() + limit.toNanos();
		try {
			while (!condition.getAsBoolean()) {
				long left = (end - System.nanoTime()) / 1_000_000;
				if (left <= 0) {
					throw new AssertionError(otherwise + " within " + limit + "; received: " + this.received.size());
				}
				wait(left);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("interrupted", ex);
		}
	}

}
