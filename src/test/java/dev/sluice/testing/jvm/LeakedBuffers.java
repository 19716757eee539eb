package dev.sluice.testing.jvm;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.netty.buffer.UnpooledByteBufAllocator;

/**
 * The leaks that Netty has found in this JVM and no test has answered for yet.
 * Thread-safe.
 */
public final class LeakedBuffers {

	private static final Queue<String> REPORTS = new ConcurrentLinkedQueue<>();

	private static final Duration LONGEST_COLLECTION = Duration.ofSeconds(2);

	private LeakedBuffers() {
	}

	static void add(String report) {
		REPORTS.add(report);
	}

	/**
	 * Collects garbage, has Netty look for buffers that went with it unreleased, and
	 * empties the list.
	 * @throws InterruptedException when interrupted while the garbage is collected
	 * @return one report for each place that leaked, with the accesses that Netty
	 * recorded
	 */
	public static List<String> drain() throws InterruptedException {
		collectGarbage();
		collectGarbage(); // its marker comes after all that the first collection found
		UnpooledByteBufAllocator.DEFAULT.directBuffer(1).release();
		List<String> reports = new ArrayList<>();
		for (String report = REPORTS.poll(); report != null; report = REPORTS.poll()) {
			reports.add(report);
		}
		return reports;
	}

	private static void collectGarbage() throws InterruptedException {
		ReferenceQueue<Object> queue = new ReferenceQueue<>();
		PhantomReference<Object> marker = new PhantomReference<>(new Object(), queue);
		System.gc();
		queue.remove(LONGEST_COLLECTION.toMillis());
		marker.clear();
	}

}
