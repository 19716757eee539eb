package dev.sluice.pull;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

import dev.sluice.oci.Digest;
import dev.sluice.store.Store;
import dev.sluice.store.StoreLimits;
import dev.sluice.store.disk.StoreDirectory;
import dev.sluice.testing.Answer;
import dev.sluice.testing.ByteSource;
import dev.sluice.testing.ScriptedUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A disk that is too slow for all who wait for it.
 */
@Timeout(60)
class BusyDiskTests {

	private static final Digest DIGEST = Digest.of(Digest.Algorithm.SHA256, "text".getBytes(StandardCharsets.US_ASCII));

	@Test
	void whoeverFindsNoPlaceInTheQueueGoesPastTheStore(@TempDir Path root) throws Exception {
		ScriptedUpstream registry = ScriptedUpstream.askedWith();
		registry.gets(Answer.of(200, "a/b", ByteSource.of("text")));
		CountDownLatch stuck = new CountDownLatch(1);
		Scheduler disk = Schedulers.newBoundedElastic(1, 1, "disk");
		try (Store store = new Store(StoreDirectory.open(root, Duration.ZERO),
				new StoreLimits(2, Long.MAX_VALUE, 0, Long.MAX_VALUE, Duration.ZERO))) {
			occupy(disk, stuck);
			Pulled pulled = new BlobPull(registry.directory(), store,
					new Freshness(Duration.ofDays(1), Duration.ofDays(7)), disk)
				.get(ScriptedUpstream.TARGET, DIGEST, Optional.empty())
				.blockOptional(Duration.ofSeconds(20))
				.orElseThrow();
			assertThat(pulled.body()).isInstanceOf(Body.Streamed.class);
			assertThat(registry.methods()).containsExactly("GET");
			pulled.body().release();
		}
		finally {
			stuck.countDown();
			disk.dispose();
		}
	}

	/** One task runs, and one waits. */
	private static void occupy(Scheduler disk, CountDownLatch stuck) throws InterruptedException {
		CountDownLatch running = new CountDownLatch(1);
		disk.schedule(() -> {
			running.countDown();
			awaitQuietly(stuck);
		});
		running.await();
		disk.schedule(() -> awaitQuietly(stuck));
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
