package dev.sluice.store.fill;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

import dev.sluice.oci.Digest;
import dev.sluice.oci.UpstreamException;
import dev.sluice.store.disk.NewFile;
import dev.sluice.store.space.SpaceLimits;
import dev.sluice.testing.FailingDisk;
import dev.sluice.testing.LogCapture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static dev.sluice.store.fill.TestFills.CONTENT;
import static dev.sluice.store.fill.TestFills.DIGEST;
import static dev.sluice.store.fill.TestFills.SOON;
import static dev.sluice.store.fill.TestFills.answering;
import static dev.sluice.store.fill.TestFills.bytesRead;
import static dev.sluice.store.fill.TestFills.pieces;
import static dev.sluice.store.fill.TestFills.portion;

/**
 * However a fill goes and ends, it is heard of once.
 */
class HeardFillsTests {

	@TempDir
	private Path root;

	@Test
	void whatCameWholeIsKept() throws Exception {
		try (TestFills store = new TestFills(this.root)) {
			read(store, answering());
			heard(store, "begun", "KEPT after 3000000");
		}
	}

	@Test
	void whatIsResumedIsHeardOfEachTime() throws Exception {
		try (TestFills store = new TestFills(this.root)) {
			read(store, (offset) -> portion(offset, OptionalLong.of(CONTENT.length),
					Flux.fromIterable(pieces(CONTENT, (int) offset)).take(12)));
			heard(store, "begun", "resumed", "resumed", "KEPT after 3000000");
		}
	}

	@Test
	void whatIsRepeatedIsFetchedToo() throws Exception {
		try (TestFills store = new TestFills(this.root)) {
			read(store, (offset) -> portion(0, OptionalLong.of(CONTENT.length),
					Flux.fromIterable(pieces(CONTENT, 0)).take((offset == 0) ? 7 : Long.MAX_VALUE)));
			heard(store, "begun", "resumed", "KEPT after 3700000");
		}
	}

	@Test
	void anotherBlobIsNamedWithWhoGaveIt() throws Exception {
		byte[] wrong = TestFills.bytes(4_000);
		Digest came = Digest.of(Digest.Algorithm.SHA256, wrong);
		try (TestFills store = new TestFills(this.root); LogCapture log = LogCapture.asUsersSeeIt()) {
			read(store, answering(Flux.fromIterable(pieces(wrong, 0)), wrong.length));
			heard(store, "begun", DIGEST + " was " + came + " at its upstream", "MISMATCH after 4000");
			assertThat(log.entries()).anySatisfy((entry) -> assertThat(entry.message())
				.contains("what came for " + DIGEST + " from its upstream is " + came));
		}
	}

	@Test
	void anUpstreamThatRefusesGivesNothing() throws Exception {
		try (TestFills store = new TestFills(this.root)) {
			read(store, (_) -> Mono.error(new UpstreamException.UpstreamFailed("503")));
			heard(store, "begun", "NOT_GIVEN after 0");
		}
	}

	@Test
	void anUpstreamThatGivesSomeAndNoMoreHasBrokenOff() throws Exception {
		try (TestFills store = new TestFills(this.root)) {
			read(store, answering(Flux.fromIterable(pieces(CONTENT, 0)), 1_000_000));
			heard(store, "begun", "BROKEN_OFF after 1100000");
		}
	}

	@Test
	void whatFindsNoRoomIsNotFetched() throws Exception {
		try (TestFills store = new TestFills(this.root, NewFile.PRIVATE, SpeedLimit.DEFAULT, most(2_000_000))) {
			read(store, answering());
			heard(store, "begun", "NO_ROOM after 0");
			assertThat(store.fills().begin(DIGEST, answering())).isEmpty();
		}
	}

	@Test
	void whatGrowsBeyondItsRoomIsNotKept() throws Exception {
		try (TestFills store = new TestFills(this.root, NewFile.PRIVATE, SpeedLimit.DEFAULT, most(2_000_000))) {
			read(store, (_) -> portion(0, OptionalLong.empty(), Flux.fromIterable(pieces(CONTENT, 0))));
			heard(store, "begun", "UNKEPT after 3000000");
			assertThat(store.fills().begin(DIGEST, answering())).isEmpty();
		}
	}

	@Test
	void whatTheDiskLosesIsNotKept() throws Exception {
		FailingDisk disk = new FailingDisk();
		try (TestFills store = new TestFills(this.root, disk, SpeedLimit.DEFAULT)) {
			disk.takesOnly(1_000_000);
			read(store, answering());
			heard(store, "begun", "UNKEPT after 3000000");
		}
	}

	@Test
	void aShutdownStopsIt() throws Exception {
		TestFills store = new TestFills(this.root);
		try (store) {
			Fill client = store.begin(DIGEST, answering(Flux.never(), 1000));
			client.begun().block(SOON);
			client.release();
		}
		heard(store, "begun", "STOPPED after 0");
	}

	private static SpaceLimits most(long size) {
		return new SpaceLimits(size, 0, Long.MAX_VALUE, Duration.ZERO);
	}

	/** However it ends. */
	private static void read(TestFills store, Supply supply) throws IOException {
		StepVerifier.create(bytesRead(store.begin(DIGEST, supply)).onErrorComplete())
			.thenConsumeWhile((_) -> true)
			.expectComplete()
			.verify(SOON);
	}

	private static void heard(TestFills store, String... events) {
		await().atMost(SOON).untilAsserted(() -> assertThat(store.heard().events()).isEqualTo(List.of(events)));
	}

}
