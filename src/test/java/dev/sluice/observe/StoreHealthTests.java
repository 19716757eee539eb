package dev.sluice.observe;

import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;

import dev.sluice.oci.Digest;
import dev.sluice.store.Store;
import dev.sluice.store.StoreLimits;
import dev.sluice.store.StoreState;
import dev.sluice.store.disk.StoreDirectory;
import dev.sluice.testing.TestClock;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.health.contributor.Health;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An operator sees in health what is wrong with the store, and that it is right again.
 */
class StoreHealthTests {

	private static final Digest WANTED = Digest.of(Digest.Algorithm.SHA256, new byte[] { 1 });

	private static final Digest CAME = Digest.of(Digest.Algorithm.SHA256, new byte[] { 2 });

	@TempDir
	private Path root;

	private final TestClock clock = TestClock.now();

	private final LastMismatch mismatch = new LastMismatch(this.clock);

	private Store store;

	@BeforeEach
	void open() throws Exception {
		this.store = new Store(StoreDirectory.open(this.root, Duration.ZERO), limits(), this.mismatch);
	}

	@AfterEach
	void close() throws Exception {
		this.store.close();
	}

	@Test
	void itTellsWhatIsHeldAndLeft() {
		Health health = health();
		assertThat(health.getStatus().getCode()).isEqualTo("UP");
		assertThat(health.getDetails()).containsEntry("held", 0L)
			.containsEntry("max-size", 1_000_000_000L)
			.containsEntry("evictions", 0L)
			.containsEntry("min-free-disk", 7L)
			.doesNotContainKeys("reason", "last-mismatch");
		assertThat(health.getDetails().get("free-disk")).asInstanceOf(InstanceOfAssertFactories.LONG).isPositive();
	}

	@Test
	void itIsDegradedWhileTheDiskFails() {
		this.store.disk().failed("can't take " + WANTED, new FileSystemException("x", null, "No space left on device"));
		assertThat(health().getStatus().getCode()).isEqualTo("DEGRADED");
		assertThat(health().getDetails()).containsKey("since")
			.hasEntrySatisfying("reason",
					(reason) -> assertThat(reason).asString()
						.contains(this.root.getFileName().toString(), "can't take " + WANTED, "No space left on device",
								"sluice.store.max-size"));
		this.store.disk().works();
		assertThat(health().getStatus().getCode()).isEqualTo("UP");
		assertThat(health().getDetails()).doesNotContainKeys("reason", "since");
	}

	@Test
	void anotherBlobThanWasAskedForIsToldForADay() {
		this.mismatch.mismatched(CAME, WANTED, "old.example/app");
		this.mismatch.mismatched(WANTED, CAME, "reg.example/app");
		String time = this.clock.instant().toString();
		assertThat(health().getStatus().getCode()).isEqualTo("UP");
		assertThat(health().getDetails()).containsEntry("last-mismatch",
				"what came for " + WANTED + " from reg.example/app is " + CAME + " (at " + time + ")");
		this.clock.advance(LastMismatch.TOLD);
		assertThat(health().getDetails()).doesNotContainKey("last-mismatch");
	}

	private Health health() {
		return new StoreHealth(new StoreState.Open(this.store, this.root, limits()), this.mismatch).health();
	}

	private static StoreLimits limits() {
		return new StoreLimits(2, 1_000_000_000, 7, 1_000_000_000, Duration.ZERO);
	}

}
