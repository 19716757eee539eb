package dev.sluice.store.fill;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;

import dev.sluice.oci.UpstreamException;
import dev.sluice.store.disk.DiskFault;
import dev.sluice.testing.FailingDisk;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import static dev.sluice.store.fill.TestFills.CONTENT;
import static dev.sluice.store.fill.TestFills.DIGEST;
import static dev.sluice.store.fill.TestFills.SOON;
import static dev.sluice.store.fill.TestFills.answering;
import static dev.sluice.store.fill.TestFills.bytesRead;
import static dev.sluice.store.fill.TestFills.pieces;
import static dev.sluice.store.fill.TestFills.portion;
import static dev.sluice.store.fill.TestFills.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

/**
 * A disk that fails under a fill ends the writing alone: what is there is read, and
 * whether all of it was the blob is told.
 */
class FailingDiskFillTests {

	@TempDir
	private Path root;

	private final FailingDisk disk = new FailingDisk();

	private TestFills store;

	@BeforeEach
	void open() throws Exception {
		this.store = new TestFills(this.root, this.disk, SpeedLimit.DEFAULT);
	}

	@AfterEach
	void close() throws IOException {
		this.store.close();
	}

	@Test
	void theVerdictComesAllTheSameAndNothingIsKept() throws IOException {
		this.disk.takesOnly(1_050_000);
		Fill client = this.store.begin(DIGEST, answering());
		assertThat(client.verdict().block(SOON)).isEqualTo(CONTENT.length);
		client.release();
		await().atMost(SOON).until(() -> this.store.fills().join(DIGEST).isEmpty());
		assertThat(this.store.blobs().open(DIGEST)).isEmpty();
		assertThat(this.root.resolve("incoming")).isEmptyDirectory();
	}

	@Test
	void theRestIsFetchedWithResumesThoughNothingIsWritten() throws IOException {
		this.disk.takesOnly(0);
		Supply breaking = (offset) -> portion(offset, OptionalLong.of(CONTENT.length),
				Flux.fromIterable(pieces(CONTENT, (int) offset)).take(15));
		Fill client = this.store.begin(DIGEST, breaking);
		assertThat(client.verdict().block(SOON)).isEqualTo(CONTENT.length);
		assertThat(this.store.asked()).containsExactly(0L, 1_500_000L);
		client.release();
	}

	@Test
	void aWrongBlobIsToldOfThoughItIsNotOnDisk() throws IOException {
		this.disk.takesOnly(500_000);
		byte[] wrong = CONTENT.clone();
		wrong[2_000_000] ^= 1;
		Fill client = this.store.begin(DIGEST,
				answering(Flux.defer(() -> Flux.fromIterable(pieces(wrong, 0))), wrong.length));
		StepVerifier.create(client.verdict()).verifyError(UpstreamException.InvalidAnswer.class);
		client.release();
	}

	@Test
	void whoWaitsIsWokenWhenTheDiskFails() throws IOException {
		this.disk.takesOnly(150_000);
		Sinks.Many<ByteBuf> upstream = Sinks.many().unicast().onBackpressureBuffer();
		Fill client = this.store.begin(DIGEST, answering(upstream.asFlux(), CONTENT.length));
		pieces(CONTENT, 0).stream().limit(2).forEach(upstream::tryEmitNext);
		StepVerifier.create(bytesRead(client)).expectNext(100_000L).expectError(DiskFailedException.class).verify(SOON);
		assertThat(this.store.disk().failure()).hasValueSatisfying((failure) -> {
			assertThat(failure.fault()).isEqualTo(DiskFault.FULL);
			assertThat(failure.message()).contains(this.root.toString(), DIGEST.toString(), "No space left on device",
					"max-size");
		});
		upstream.tryEmitComplete();
	}

	@Test
	void aPartThatIsOnDiskIsReadToItsEnd() throws IOException {
		this.disk.takesOnly(150_000);
		Sinks.Many<ByteBuf> upstream = Sinks.many().unicast().onBackpressureBuffer();
		Fill client = this.store.begin(DIGEST, answering(upstream.asFlux(), CONTENT.length));
		pieces(CONTENT, 0).stream().limit(2).forEach(upstream::tryEmitNext);
		await().atMost(SOON).until(() -> this.store.disk().failure().isPresent());
		assertThat(read(client, 20_000, 100_000).block(SOON)).isEqualTo(Arrays.copyOfRange(CONTENT, 20_000, 100_000));
		upstream.tryEmitComplete();
	}

	@Test
	void whatCannotBeSyncedIsServedAndNotKept() throws IOException {
		this.disk.failsToSync();
		assertThat(read(this.store.begin(DIGEST, answering()), 0, Long.MAX_VALUE).block(SOON)).isEqualTo(CONTENT);
		await().atMost(SOON).until(() -> this.store.disk().failure().isPresent());
		assertThat(this.store.disk().failure().orElseThrow().message()).contains("can't keep " + DIGEST);
		assertThat(this.store.blobs().open(DIGEST)).isEmpty();
	}

	@Test
	void aDiskThatFailedIsLetAloneForAWhile() throws IOException {
		this.disk.failsToMakeFiles();
		assertThatIOException().isThrownBy(() -> this.store.fills().begin(DIGEST, answering()));
		this.disk.works();
		assertThat(this.store.disk().isResting()).isTrue();
		for (int i = 0; i < 10; i++) {
			assertThat(this.store.fills().begin(DIGEST, answering())).isEmpty();
		}
		assertThat(this.disk.tried()).isEqualTo(1);
		assertThat(this.store.disk().count(DiskFault.FULL)).isEqualTo(1);
	}

}
