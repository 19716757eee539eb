package dev.sluice.store.space;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import dev.sluice.oci.Digest;
import dev.sluice.store.disk.Incoming;
import dev.sluice.store.disk.SharedFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import static dev.sluice.store.space.TestSpace.BLOCK;
import static dev.sluice.store.space.TestSpace.SOON;

/**
 * No bound of the disk is passed, and what isn't used is given back.
 */
class SpaceTests {

	@TempDir
	private Path root;

	@Test
	void roomIsTakenBeforeAByteIsWritten() throws Exception {
		try (TestSpace store = new TestSpace(this.root, TestSpace.blocks(10))) {
			store.space().room().take(6 * BLOCK);
			refused(store, 5 * BLOCK, "max-size");
			store.space().room().take(4 * BLOCK);
			assertThat(store.space().promised()).isEqualTo(10 * BLOCK);
			assertThat(store.space().held()).isZero();
		}
	}

	@Test
	void aBlobThatIsKeptIsHeldAndNoLongerPromised() throws Exception {
		try (TestSpace store = new TestSpace(this.root, TestSpace.blocks(10))) {
			store.fill("a", 6);
			assertThat(store.space().held()).isEqualTo(6 * BLOCK);
			assertThat(store.space().promised()).isZero();
		}
	}

	@Test
	void partsOfBlocksAreWholeOnes() throws Exception {
		try (TestSpace store = new TestSpace(this.root, TestSpace.blocks(10))) {
			store.space().room().take(1);
			assertThat(store.space().promised()).isEqualTo(BLOCK);
		}
	}

	@Test
	void whatGrowsTakesNoMoreThanThereIs() throws Exception {
		try (TestSpace store = new TestSpace(this.root, TestSpace.blocks(10))) {
			Room room = store.space().room();
			room.grow(0);
			room.grow(7 * BLOCK);
			room.wrote(7 * BLOCK);
			assertThatExceptionOfType(NoRoomException.class).isThrownBy(() -> room.grow(10 * BLOCK + 1));
			room.giveBackUnused();
			assertThat(store.space().promised()).isEqualTo(7 * BLOCK);
			room.gone();
			assertThat(store.space().promised()).isZero();
		}
	}

	@Test
	void whatGrowsDoesNotBeginWithoutAnyRoom() throws Exception {
		try (TestSpace store = new TestSpace(this.root, TestSpace.blocks(10))) {
			store.space().room().take(10 * BLOCK);
			Room room = store.space().room();
			assertThatExceptionOfType(NoRoomException.class).isThrownBy(() -> room.grow(0));
		}
	}

	@Test
	void whatGrowsTakesStepsAndGivesBackWhatItDoesNotUse() throws Exception {
		try (TestSpace store = new TestSpace(this.root, TestSpace.blocks(100_000))) {
			Room room = store.space().room();
			room.grow(0);
			assertThat(store.space().promised()).isEqualTo(4 * 1024 * 1024);
			room.grow(BLOCK);
			room.wrote(BLOCK);
			room.giveBackUnused();
			assertThat(store.space().promised()).isEqualTo(BLOCK);
		}
	}

	@Test
	void whatFailedTakesItsRoomUntilItsLastReaderHasLeft() throws Exception {
		try (TestSpace store = new TestSpace(this.root, TestSpace.blocks(10))) {
			Room room = store.space().room();
			SharedFile reader;
			try (Incoming incoming = store.begin(room)) {
				room.take(6 * BLOCK);
				incoming.append(ByteBuffer.allocate(2 * BLOCK));
				room.wrote(incoming.length());
				room.giveBackUnused();
				reader = (SharedFile) incoming.bytes().retain();
			}
			assertThat(store.space().promised()).isEqualTo(2 * BLOCK);
			reader.release();
			assertThat(store.space().promised()).isZero();
		}
	}

	@Test
	void aBlobThatIsTooLargeGetsNoRoom() throws Exception {
		try (TestSpace store = new TestSpace(this.root, new SpaceLimits(100 * BLOCK, 0, 5 * BLOCK, Duration.ZERO))) {
			refused(store, 5 * BLOCK + 1, "max-blob-size");
			store.space().room().take(5 * BLOCK);
		}
	}

	@Test
	void othersHaveTheirPartOfTheDisk() throws Exception {
		try (TestSpace store = new TestSpace(this.root,
				new SpaceLimits(100 * BLOCK, 4 * BLOCK, Long.MAX_VALUE, Duration.ZERO))) {
			store.leave(10 * BLOCK);
			store.space().room().take(3 * BLOCK);
			store.space().room().take(3 * BLOCK);
			refused(store, BLOCK, "min-free-disk");
		}
	}

	@Test
	void whatOthersWriteCountsSoon() throws Exception {
		try (TestSpace store = new TestSpace(this.root,
				new SpaceLimits(100 * BLOCK, 4 * BLOCK, Long.MAX_VALUE, Duration.ZERO))) {
			store.leave(50 * BLOCK);
			store.space().room().take(3 * BLOCK);
			store.leave(7 * BLOCK);
			await().atMost(SOON).untilAsserted(() -> refused(store, BLOCK, "min-free-disk"));
			store.leave(8 * BLOCK);
			await().atMost(SOON)
				.ignoreExceptionsInstanceOf(NoRoomException.class)
				.untilAsserted(() -> store.space().room().take(BLOCK));
		}
	}

	@Test
	void theTotalStandsUntilItIsCounted() throws Exception {
		try (TestSpace store = new TestSpace(this.root, TestSpace.blocks(10))) {
			store.fill("a", 6);
		}
		try (TestSpace store = new TestSpace(this.root, TestSpace.blocks(10))) {
			assertThat(store.space().held()).isEqualTo(6 * BLOCK);
			store.space().room().take(4 * BLOCK);
			refused(store, BLOCK, "max-size");
		}
	}

	@Test
	void theTotalOfAProcessThatWasKilledIsNoLessThanWhatItHeld() throws Exception {
		TestSpace killed = new TestSpace(this.root, TestSpace.blocks(10));
		killed.fill("a", 6);
		Path copy = Files.createDirectories(this.root.resolve("copy"));
		Files.copy(this.root.resolve("layout"), copy.resolve("layout"));
		Files.copy(this.root.resolve("size"), copy.resolve("size"));
		Files.createDirectories(copy.resolve("blobs/sha256"));
		try (TestSpace store = new TestSpace(copy, TestSpace.blocks(10))) {
			assertThat(store.space().held()).isGreaterThanOrEqualTo(6 * BLOCK);
		}
		killed.close();
	}

	@Test
	void withoutATotalThereIsNoRoomUntilItIsCounted() throws Exception {
		try (TestSpace store = new TestSpace(this.root, TestSpace.blocks(10))) {
			store.fill("a", 6);
		}
		Files.delete(this.root.resolve("size"));
		try (TestSpace store = new TestSpace(this.root, TestSpace.blocks(12))) {
			refused(store, BLOCK, "counted");
			store.space().walk();
			store.space().room().take(5 * BLOCK);
			refused(store, 7 * BLOCK, "max-size");
		}
	}

	@Test
	void aTotalThatIsNoneIsNotTaken() throws Exception {
		try (TestSpace store = new TestSpace(this.root, TestSpace.blocks(10))) {
			store.fill("a", 6);
		}
		Files.writeString(this.root.resolve("size"), "-1\n");
		try (TestSpace store = new TestSpace(this.root, TestSpace.blocks(12))) {
			refused(store, BLOCK, "counted");
		}
	}

	@Test
	void aWalkCountsWhatIsThere() throws Exception {
		try (TestSpace store = new TestSpace(this.root, TestSpace.blocks(100))) {
			Digest gone = store.fill("a", 6);
			store.put("b", 3, Instant.now());
			Files.delete(store.file(gone));
			store.space().walk();
			long directories = 2;
			assertThat(store.space().held()).isEqualTo((3 + directories) * BLOCK);
		}
	}

	private static void refused(TestSpace store, long length, String bound) throws IOException {
		Room room = store.space().room();
		try {
			assertThatExceptionOfType(NoRoomException.class).isThrownBy(() -> room.take(length))
				.withMessageContaining(bound);
		}
		finally {
			room.gone();
		}
	}

}
