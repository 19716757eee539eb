package dev.sluice.store.space;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import dev.sluice.oci.Digest;
import dev.sluice.store.disk.StoredBlob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What comes, is read and goes all at once is right, and counted right.
 */
class ConcurrentSpaceTests {

	private static final List<String> NAMES = IntStream.range(0, 8).mapToObj((i) -> "blob " + i).toList();

	private static final int ROUNDS = 400;

	@TempDir
	private Path root;

	private final AtomicInteger turns = new AtomicInteger();

	private final AtomicInteger walks = new AtomicInteger();

	@Test
	void readersNeverGetWhatIsNotThereAndTheAccountIsRight() throws Exception {
		try (TestSpace store = new TestSpace(this.root, TestSpace.blocks(100_000))) {
			for (String name : NAMES) {
				store.fill(name, 2);
			}
			store.space().walk();
			long whole = store.space().held();
			AtomicInteger read = new AtomicInteger();
			run(List.of(() -> fillAll(store), () -> evictAll(store), () -> dropAll(store), () -> readAll(store, read),
					() -> readAll(store, read), () -> walk(store)));
			assertThat(read).hasPositiveValue();
			int missing = (int) NAMES.stream().map(TestSpace::digest).filter((digest) -> !store.holds(digest)).count();
			assertThat(store.space().held()).isEqualTo(whole - 2L * missing * TestSpace.BLOCK);
			fillAll(store);
			assertThat(store.space().held()).isEqualTo(whole);
			assertThat(store.space().promised()).isZero();
		}
	}

	private void fillAll(TestSpace store) throws IOException {
		for (String name : NAMES) {
			if (!store.holds(TestSpace.digest(name))) {
				store.fill(name, 2);
			}
		}
	}

	private void evictAll(TestSpace store) throws IOException {
		for (String name : NAMES) {
			var seen = store.space().blobs().look(TestSpace.digest(name));
			if (seen.isPresent()) {
				store.space().blobs().evict(seen.get());
			}
		}
	}

	private void dropAll(TestSpace store) throws IOException {
		store.space().blobs().drop(TestSpace.digest(NAMES.get(this.turns.getAndIncrement() % NAMES.size())));
	}

	private void readAll(TestSpace store, AtomicInteger read) throws IOException {
		for (String name : NAMES) {
			Digest digest = TestSpace.digest(name);
			var blob = store.open(digest);
			if (blob.isPresent()) {
				assertThat(bytes(blob.get())).isEqualTo(2 * TestSpace.BLOCK);
				read.incrementAndGet();
			}
		}
	}

	private static int bytes(StoredBlob blob) throws IOException {
		try {
			return blob.file().channel().read(ByteBuffer.allocate(3 * TestSpace.BLOCK), 0);
		}
		finally {
			blob.file().release();
		}
	}

	/** Is done before the others are, so that none is left to set things right. */
	private void walk(TestSpace store) throws Exception {
		if (this.walks.getAndIncrement() < 20) {
			store.space().walk();
		}
	}

	private static void run(List<Work> works) throws Exception {
		List<Future<?>> all = new ArrayList<>();
		try (ExecutorService threads = Executors.newFixedThreadPool(works.size())) {
			for (Work work : works) {
				all.add(threads.submit(() -> {
					for (int i = 0; i < ROUNDS; i++) {
						work.run();
					}
					return null;
				}));
			}
			for (Future<?> one : all) {
				one.get();
			}
		}
	}

	private interface Work {

		void run() throws Exception;

	}

}
