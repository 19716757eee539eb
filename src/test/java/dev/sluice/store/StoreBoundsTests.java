package dev.sluice.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import dev.sluice.oci.Digest;
import dev.sluice.store.disk.StoreDirectory;
import dev.sluice.store.disk.StoredBlob;
import dev.sluice.store.fill.DiskFailedException;
import dev.sluice.store.fill.Fill;
import dev.sluice.store.fill.FileSlice;
import dev.sluice.store.fill.Supply;
import dev.sluice.store.space.NoRoomException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * A store keeps to its bounds whatever comes in, and what it serves is right.
 */
class StoreBoundsTests {

	private static final Duration SOON = Duration.ofSeconds(60);

	private static final long MOST = 4 * 1024 * 1024;

	@TempDir
	private Path root;

	private final AtomicInteger refused = new AtomicInteger();

	@Test
	void twentyThreadsThatFillTenTimesTheSizeNeverPassIt() throws Exception {
		AtomicInteger left = new AtomicInteger(400);
		List<Future<?>> threads = new ArrayList<>();
		try (Store store = open(8, MOST); ExecutorService clients = Executors.newFixedThreadPool(20)) {
			for (int i = 0; i < 20; i++) {
				int client = i;
				threads.add(clients.submit(() -> pullAll(store, client, left)));
			}
			long most = 0;
			int samples = 0;
			while (threads.stream().anyMatch((thread) -> !thread.isDone())) {
				most = Math.max(most, DiskUsage.of(this.root));
				samples++;
			}
			for (Future<?> thread : threads) {
				thread.get();
			}
			assertThat(samples).isPositive();
			assertThat(most).isBetween(1L, MOST);
			assertThat(this.refused).as("blobs that found no room").hasValueLessThan(400);
			await().atMost(SOON).until(() -> store.space().promised() == 0);
			assertThat(store.space().held()).isBetween(DiskUsage.of(this.root), MOST);
			assertThat(store.space().evictions()).isPositive();
		}
	}

	@Test
	void whatGrowsBeyondAllRoomEndsAsOnAFullDisk() throws Exception {
		byte[] content = content(1, 200_000);
		try (Store store = open(2, 100_000)) {
			Fill fill = store.begin(digest(content), supply(content, OptionalLong.empty())).orElseThrow();
			assertThat(fill.begun().block(SOON)).isEmpty();
			assertThatExceptionOfType(DiskFailedException.class).isThrownBy(() -> read(fill));
			await().atMost(SOON).until(() -> store.space().promised() == 0);
			assertThat(this.root.resolve("incoming")).isEmptyDirectory();
		}
	}

	@Test
	void whatIsAnnouncedBeyondAllRoomDoesNotBegin() throws Exception {
		byte[] content = content(1, 200_000);
		try (Store store = open(2, 100_000)) {
			Fill fill = store.begin(digest(content), supply(content, OptionalLong.of(content.length))).orElseThrow();
			assertThatExceptionOfType(NoRoomException.class).isThrownBy(() -> fill.begun().block(SOON))
				.withMessageContaining("max-size");
			fill.release();
			await().atMost(SOON).untilAsserted(() -> assertThat(this.root.resolve("incoming")).isEmptyDirectory());
			assertThat(store.space().promised()).isZero();
		}
	}

	@Test
	void tenThousandBlobsGoWhileOthersAreRead() throws Exception {
		byte[] read = content(0, 1000);
		try (Store store = open(2, Long.MAX_VALUE)) {
			assertThat(pulled(store, read, OptionalLong.empty())).isEqualTo(read);
			await().atMost(SOON).until(() -> Files.exists(file(digest(read))));
		}
		for (int i = 0; i < 10_000; i++) {
			Path file = file(Digest.of(Digest.Algorithm.SHA256, new byte[] { (byte) i, (byte) (i >> 8) }));
			Files.createDirectories(file.resolveSibling(""));
			Files.write(file, new byte[] { 1 });
			Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(7200)));
		}
		Files.deleteIfExists(this.root.resolve("size"));
		try (Store store = open(2, MOST)) {
			while (store.space().evictions() < 9000) {
				assertThat(pulled(store, read, OptionalLong.empty())).isEqualTo(read);
			}
			await().atMost(SOON).until(() -> store.space().held() <= MOST);
		}
	}

	private void pullAll(Store store, int client, AtomicInteger left) {
		Random random = new Random(client);
		while (left.getAndDecrement() > 0) {
			int which = random.nextInt(200);
			byte[] content = content(which, 100_000 + which * 1500);
			OptionalLong length = random.nextBoolean() ? OptionalLong.of(content.length) : OptionalLong.empty();
			try {
				assertThat(pulled(store, content, length)).isEqualTo(content);
			}
			catch (NoRoomException | DiskFailedException _) {
				this.refused.incrementAndGet();
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

	/** Past the store goes what it doesn't take. */
	private static byte[] pulled(Store store, byte[] content, OptionalLong length) throws IOException {
		return switch (store.find(digest(content))) {
			case Store.Found.Whole(StoredBlob blob) -> bytes(new FileSlice(blob.file(), 0, blob.length()));
			case Store.Found.Coming(Fill fill) -> read(fill);
			case Store.Found.Nothing() -> {
				Optional<Fill> fill = store.begin(digest(content), supply(content, length));
				yield fill.isPresent() ? read(fill.get()) : content;
			}
		};
	}

	private static Supply supply(byte[] content, OptionalLong length) {
		return (offset) -> Mono.just(new Supply.Portion(0, length, Flux.generate(() -> 0, (at, sink) -> {
			int count = Math.min(16_384, content.length - at);
			if (count == 0) {
				sink.complete();
				return at;
			}
			ByteBuf piece = Unpooled.copiedBuffer(content, at, count);
			sink.next(piece);
			return at + count;
		}), () -> {
		}));
	}

	private static byte[] read(Fill fill) {
		return fill.read(0, Long.MAX_VALUE)
			.map(StoreBoundsTests::bytes)
			.reduceWith(ByteArrayOutputStream::new, (all, bytes) -> {
				all.writeBytes(bytes);
				return all;
			})
			.blockOptional(SOON)
			.orElseThrow()
			.toByteArray();
	}

	private static byte[] bytes(FileSlice slice) {
		ByteBuffer bytes = ByteBuffer.allocate((int) slice.count());
		try {
			slice.file().channel().read(bytes, slice.position());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		slice.release();
		return bytes.array();
	}

	private Path file(Digest digest) {
		return this.root.resolve("blobs/sha256").resolve(digest.hex().substring(0, 2)).resolve(digest.hex());
	}

	private static Digest digest(byte[] content) {
		return Digest.of(Digest.Algorithm.SHA256, content);
	}

	private static byte[] content(int seed, int length) {
		byte[] content = new byte[length];
		new Random(seed).nextBytes(content);
		return content;
	}

	private Store open(int fills, long most) throws Exception {
		return new Store(StoreDirectory.open(this.root, Duration.ZERO),
				new StoreLimits(fills, most, 0, Long.MAX_VALUE, Duration.ZERO));
	}

}
