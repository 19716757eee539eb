package dev.sluice.store.space;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

import dev.sluice.oci.Digest;
import dev.sluice.store.disk.StoredBlob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import static dev.sluice.store.space.TestSpace.BLOCK;
import static dev.sluice.store.space.TestSpace.SOON;

/**
 * What nobody has used for longest goes first, and nothing that is being used.
 */
class EvictionTests {

	/** Of blobs in as many shards. */
	private static final int DIRECTORIES = 3;

	private static final Instant NOW = Instant.now();

	@TempDir
	private Path root;

	private TestSpace store;

	@BeforeEach
	void begin() throws Exception {
		this.store = new TestSpace(this.root, TestSpace.blocks(100));
	}

	@AfterEach
	void close() throws IOException {
		this.store.close();
	}

	@Test
	void theLeastLatelyUsedGoesFirstAlsoAfterARestart() throws Exception {
		open(TestSpace.blocks(100));
		Digest a = this.store.fill("a", 10);
		Digest b = this.store.fill("b", 10);
		Digest c = this.store.fill("c", 10);
		this.store.used(a, NOW.minusSeconds(7200));
		this.store.used(b, NOW.minusSeconds(10_800));
		this.store.used(c, NOW.minusSeconds(9000));
		open(TestSpace.blocks(30 + DIRECTORIES));
		this.store.space().walk();
		this.store.space().room().take(10 * BLOCK);
		assertThat(List.of(a, b, c)).filteredOn(this.store::holds).containsExactly(a, c);
		this.store.space().room().take(10 * BLOCK);
		assertThat(List.of(a, b, c)).filteredOn(this.store::holds).containsExactly(a);
		assertThat(this.store.space().evictions()).isEqualTo(2);
	}

	@Test
	void whoeverCameInSinceTheWalkHasATurnToo() throws Exception {
		open(TestSpace.blocks(30));
		Digest a = this.store.fill("a", 20);
		Digest b = this.store.fill("b", 20);
		assertThat(List.of(a, b)).filteredOn(this.store::holds).containsExactly(b);
		assertThat(this.store.space().held()).isEqualTo(20 * BLOCK);
	}

	@Test
	void aUseCountsAfterTheWalk() throws Exception {
		open(TestSpace.blocks(20 + DIRECTORIES));
		Digest a = this.store.put("a", 10, NOW.minusSeconds(9000));
		Digest b = this.store.put("b", 10, NOW.minusSeconds(8000));
		this.store.space().walk();
		this.store.open(a).orElseThrow().file().release();
		this.store.space().room().take(10 * BLOCK);
		assertThat(List.of(a, b)).filteredOn(this.store::holds).containsExactly(a);
	}

	@Test
	void whatIsBeingReadStays() throws Exception {
		open(TestSpace.blocks(20));
		Digest a = this.store.fill("a", 10);
		this.store.fill("b", 10);
		this.store.used(a, NOW.minusSeconds(60));
		StoredBlob read = this.store.open(a).orElseThrow();
		this.store.space().room().take(10 * BLOCK);
		assertThat(this.store.holds(a)).isTrue();
		assertThatExceptionOfType(NoRoomException.class).isThrownBy(() -> this.store.space().room().take(BLOCK));
		read.file().release();
		this.store.space().room().take(BLOCK);
		assertThat(this.store.holds(a)).isFalse();
	}

	@Test
	void aTimeInTheFutureIsOld() throws Exception {
		open(TestSpace.blocks(20 + DIRECTORIES));
		Digest old = this.store.put("a", 10, NOW.minusSeconds(9000));
		Digest future = this.store.put("b", 10, NOW.plus(Duration.ofDays(400)));
		this.store.space().walk();
		this.store.space().room().take(10 * BLOCK);
		assertThat(List.of(old, future)).filteredOn(this.store::holds).containsExactly(old);
	}

	@Test
	void nothingGoesForWhatWouldFindNoRoomAllTheSame() throws Exception {
		open(TestSpace.blocks(20));
		Digest a = this.store.fill("a", 10);
		this.store.space().room().take(5 * BLOCK);
		assertThatExceptionOfType(NoRoomException.class).isThrownBy(() -> this.store.space().room().take(16 * BLOCK));
		assertThat(this.store.holds(a)).isTrue();
	}

	@Test
	void blobsGoForOtherProgramsToo() throws Exception {
		open(new SpaceLimits(100 * BLOCK, 5 * BLOCK, Long.MAX_VALUE, Duration.ZERO));
		Digest a = this.store.put("a", 10, NOW.minusSeconds(9000));
		this.store.leave(0);
		this.store.space().walk();
		assertThat(this.store.holds(a)).isFalse();
	}

	@Test
	void whatIsTooMuchGoesOnceItIsCounted() throws Exception {
		open(TestSpace.blocks(20 + DIRECTORIES));
		Digest old = this.store.put("a", 15, NOW.minusSeconds(9000));
		Digest used = this.store.put("b", 15, NOW.minusSeconds(8000));
		this.store.space().walk();
		assertThat(List.of(old, used)).filteredOn(this.store::holds).containsExactly(used);
	}

	@Test
	void whatNobodyHasUsedForTooLongGoes() throws Exception {
		open(new SpaceLimits(100 * BLOCK, 0, Long.MAX_VALUE, Duration.ofDays(1)));
		Digest old = this.store.put("a", 10, NOW.minus(Duration.ofHours(25)));
		Digest read = this.store.put("b", 10, NOW.minus(Duration.ofHours(25)));
		Digest young = this.store.put("c", 10, NOW.minus(Duration.ofHours(23)));
		StoredBlob reading = this.store.open(read).orElseThrow();
		this.store.used(read, NOW.minus(Duration.ofHours(25)));
		this.store.space().walk();
		reading.file().release();
		assertThat(List.of(old, read, young)).filteredOn(this.store::holds).containsExactly(read, young);
		assertThat(this.store.space().held()).isEqualTo((20 + DIRECTORIES) * BLOCK);
	}

	@Test
	void whenTheCandidatesAreUsedUpAWalkFindsOthers() throws Exception {
		this.store.close();
		this.store = new TestSpace(this.root, TestSpace.blocks(1000), 10);
		for (int i = 0; i < 40; i++) {
			this.store.put("blob " + i, 10, NOW.minusSeconds(10_000 - i));
		}
		this.store.space().start();
		await().atMost(SOON).until(() -> this.store.space().held() >= 400 * BLOCK);
		await().atMost(SOON)
			.ignoreExceptionsInstanceOf(NoRoomException.class)
			.untilAsserted(() -> this.store.space().room().take(900 * BLOCK));
		assertThat(this.store.space().evictions()).isBetween(30L, 40L);
	}

	@Test
	void whatBelongsToOthersIsLeftAlone() throws Exception {
		open(new SpaceLimits(4 * BLOCK, 0, Long.MAX_VALUE, Duration.ofDays(1)));
		Instant old = NOW.minus(Duration.ofDays(9));
		Digest elsewhere = TestSpace.digest("elsewhere");
		Path linked = Files.createDirectories(this.root.resolve("elsewhere")).resolve(elsewhere.hex());
		Files.write(linked, new byte[BLOCK]);
		Digest blob = this.store.put("a", 1, old);
		Path shard = this.store.file(blob).resolveSibling("");
		Path note = Files.writeString(shard.resolve("note"), "mine");
		Path upper = Files.writeString(shard.resolve(blob.hex().toUpperCase(Locale.ROOT)), "mine");
		Path strayed = Files.writeString(shard.resolve("0".repeat(64)), "mine");
		Path link = Files.createSymbolicLink(shard.resolve(shard.getFileName() + "0".repeat(62)), linked);
		Path directory = Files.createDirectories(shard.resolve(shard.getFileName() + "1".repeat(62)));
		Path linkedShard = this.root.resolve("blobs/sha256").resolve(elsewhere.hex().substring(0, 2));
		Files.createSymbolicLink(linkedShard, this.root.resolve("elsewhere"));
		this.store.space().walk();
		assertThat(this.store.holds(blob)).isFalse();
		assertThat(List.of(note, upper, strayed, link, directory, linkedShard, linked))
			.allSatisfy((path) -> assertThat(Files.exists(path, LinkOption.NOFOLLOW_LINKS)).isTrue());
		assertThat(this.store.space().held()).isEqualTo(BLOCK);
	}

	private void open(SpaceLimits limits) throws Exception {
		this.store.close();
		this.store = new TestSpace(this.root, limits);
	}

}
