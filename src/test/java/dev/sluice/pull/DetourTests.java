package dev.sluice.pull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;

import dev.sluice.oci.ByteRange;
import dev.sluice.oci.Digest;
import dev.sluice.oci.UpstreamException;
import dev.sluice.store.Store;
import dev.sluice.store.StoreLimits;
import dev.sluice.store.disk.DiskFault;
import dev.sluice.store.disk.StoreDirectory;
import dev.sluice.store.fill.FillListener;
import dev.sluice.store.fill.SpeedLimit;
import dev.sluice.testing.Answer;
import dev.sluice.testing.ByteSource;
import dev.sluice.testing.FailingDisk;
import dev.sluice.testing.Matching;
import dev.sluice.testing.ScriptedUpstream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * A disk that fails under a pull never fails the pull, and never has it end with a
 * complete blob that is wrong.
 */
class DetourTests {

	private static final int LENGTH = 200_000;

	/** What is on disk when it fails: as much as came before the buffer that failed. */
	private static final int WRITTEN = ByteSource.CHUNK;

	private static final byte[] CONTENT = content();

	private static final ByteSource SOURCE = ByteSource.of(CONTENT);

	private static final Digest DIGEST = Digest.of(Digest.Algorithm.SHA256, CONTENT);

	private static final Duration SOON = Duration.ofSeconds(20);

	@TempDir
	private Path root;

	private final FailingDisk disk = new FailingDisk();

	private final ByteArrayOutputStream got = new ByteArrayOutputStream();

	private final ScriptedUpstream registry = ScriptedUpstream.askedWith();

	private Store store;

	@BeforeEach
	void open() throws Exception {
		this.disk.takesOnly(100_000);
		this.store = new Store(StoreDirectory.open(this.root, Duration.ZERO),
				new StoreLimits(2, Long.MAX_VALUE, 0, Long.MAX_VALUE, Duration.ZERO), SpeedLimit.DEFAULT, this.disk,
				FillListener.NONE);
	}

	@AfterEach
	void letsGoOfEveryAnswer() throws IOException {
		this.store.close();
		await().atMost(SOON).untilAsserted(() -> assertThat(this.registry.open()).isZero());
	}

	@Test
	void whatIsNotOnDiskComesStraightFromTheUpstream() throws IOException {
		whole(SOURCE);
		rest(WRITTEN, LENGTH, SOURCE);
		pull("");
		assertThat(this.got.toByteArray()).isEqualTo(CONTENT);
		assertThat(this.registry.methods()).containsExactly("GET", "GET bytes=65536-");
		assertThat(this.store.disk().count(DiskFault.FULL)).isEqualTo(1);
		await().atMost(SOON).untilAsserted(() -> assertThat(this.root.resolve("incoming")).isEmptyDirectory());
		assertThat(this.store.find(DIGEST)).isInstanceOf(Store.Found.Nothing.class);
	}

	@Test
	void allOfItComesStraightIfNothingIsOnDisk() {
		this.disk.takesOnly(0);
		whole(SOURCE);
		pull("");
		assertThat(this.got.toByteArray()).isEqualTo(CONTENT);
		assertThat(this.registry.methods()).containsExactly("GET", "GET");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void nobodyGetsAllOfABlobWhoseBeginningIsWrong(boolean announced) {
		Answer wrong = Answer.of(200, "a/b", SOURCE.flippedAt(1_000));
		this.registry.gets(announced ? wrong : wrong.without("Content-Length"));
		rest(WRITTEN, LENGTH, SOURCE);
		assertThatExceptionOfType(UpstreamException.InvalidAnswer.class).isThrownBy(() -> pull(""))
			.withMessageContaining("what came for " + DIGEST);
		assertThat(this.got.size()).isLessThanOrEqualTo(announced ? LENGTH - 1 : LENGTH);
	}

	/** What another one got says nothing of what this client gets. */
	@Test
	void aClientThatGetsTheRightRestHasTheBlobThoughTheFillHasNot() {
		whole(SOURCE.flippedAt(150_000));
		rest(WRITTEN, LENGTH, SOURCE);
		pull("");
		assertThat(this.got.toByteArray()).isEqualTo(CONTENT);
	}

	/** The fill's own bytes are right: it says nothing of those that this client gets. */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void norOfOneThatIsWrongOnItsWayRound(boolean announced) {
		Answer right = Answer.of(200, "a/b", SOURCE);
		this.registry.gets(announced ? right : right.without("Content-Length"));
		rest(WRITTEN, LENGTH, SOURCE.flippedAt(150_000));
		assertThatExceptionOfType(UpstreamException.InvalidAnswer.class).isThrownBy(() -> pull(""))
			.withMessageContaining("what came for");
		assertThat(this.got.size()).isLessThanOrEqualTo(announced ? LENGTH - 1 : LENGTH);
	}

	@Test
	void aBlobOfUnknownLengthComesToItsVerifiedEnd() {
		this.registry.gets(Answer.of(200, "a/b", SOURCE).without("Content-Length"));
		rest(WRITTEN, LENGTH, SOURCE);
		pull("");
		assertThat(this.got.toByteArray()).isEqualTo(CONTENT);
	}

	@Test
	void anEarlierPartNeedsNoVerdict() {
		whole(SOURCE.flippedAt(150_000));
		rest(WRITTEN, 70_000, SOURCE);
		pull("bytes=0-69999");
		assertThat(this.got.toByteArray()).isEqualTo(Arrays.copyOf(CONTENT, 70_000));
		assertThat(this.registry.methods()).containsExactly("GET", "GET bytes=65536-69999");
	}

	@ParameterizedTest
	@CsvSource({ "'', 200000", "bytes=0-69999, 70000", "bytes=0-, 200000" })
	void whatAnUpstreamRepeatsThatGivesNoPartsIsSkipped(String range, int length) {
		whole(SOURCE);
		pull(range);
		assertThat(this.got.toByteArray()).isEqualTo(Arrays.copyOf(CONTENT, length));
	}

	@Test
	void theResponseEndsShortIfTheUpstreamRefusesTheRest() {
		whole(SOURCE);
		this.registry.answer(Matching.withHeader("Range"), Answer.of(503));
		assertThatExceptionOfType(UpstreamException.UpstreamFailed.class).isThrownBy(() -> pull(""));
		assertThat(this.got.toByteArray()).isEqualTo(Arrays.copyOf(CONTENT, WRITTEN));
	}

	@Test
	void theResponseEndsShortIfTheRestIsAnotherBlobs() {
		whole(SOURCE);
		this.registry.answer(Matching.withHeader("Range"),
				Answer.of(206, "a/b", SOURCE.slice(WRITTEN, LENGTH - WRITTEN))
					.without("Content-Length")
					.with("Content-Range", "bytes 65536-299999/300000"));
		assertThatExceptionOfType(UpstreamException.InvalidAnswer.class).isThrownBy(() -> pull(""))
			.withMessageContaining("from byte 65536 on");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void theResponseEndsShortIfTheRestDoes(boolean announced) {
		Answer whole = Answer.of(200, "a/b", SOURCE);
		this.registry.gets(announced ? whole : whole.without("Content-Length"));
		this.registry.answer(Matching.withHeader("Range"),
				Answer.of(206, "a/b", SOURCE.slice(WRITTEN, 100_000))
					.without("Content-Length")
					.with("Content-Range", "bytes 65536-199999/200000"));
		assertThatExceptionOfType(UpstreamException.InvalidAnswer.class).isThrownBy(() -> pull(""))
			.withMessageContaining(announced ? "ended after 165536 of 200000 bytes" : "what came for " + DIGEST);
	}

	@Test
	void aDiskThatTakesNothingIsGoneRoundAndLetAloneForAWhile() {
		this.disk.failsToMakeFiles();
		whole(SOURCE);
		for (int i = 0; i < 3; i++) {
			this.got.reset();
			pull("");
			assertThat(this.got.toByteArray()).isEqualTo(CONTENT);
		}
		assertThat(this.registry.methods()).containsExactly("GET", "GET", "GET");
		assertThat(this.disk.tried()).isEqualTo(1);
	}

	private void whole(ByteSource source) {
		this.registry.gets(Answer.of(200, "a/b", source));
	}

	private void rest(int first, int end, ByteSource source) {
		this.registry.answer(Matching.withHeader("Range"), Answer.of(206, "a/b", source.slice(first, end - first))
			.with("Content-Range", "bytes " + first + "-" + (end - 1) + "/" + LENGTH));
	}

	private void pull(String range) {
		Freshness freshness = new Freshness(Duration.ofDays(1), Duration.ofDays(7));
		Pulled pulled = new BlobPull(this.registry.directory(), this.store, freshness, Schedulers.boundedElastic())
			.get(ScriptedUpstream.TARGET, DIGEST, range.isEmpty() ? Optional.empty() : ByteRange.parse(range))
			.blockOptional(SOON)
			.orElseThrow();
		switch (pulled.body()) {
			case Body.Sliced sliced -> {
				assertThat(pulled.origin()).isEqualTo(Origin.FILL);
				sliced.pieces().doOnNext(this::take).blockLast(SOON);
			}
			case Body.Buffered buffered ->
				buffered.buffers().map(Body.Buffer::new).doOnNext(this::take).blockLast(SOON);
		}
		pulled.release();
	}

	private void take(Body.Piece piece) {
		this.got.writeBytes(switch (piece) {
			case Body.Slice slice -> read(slice);
			case Body.Buffer(ByteBuf buffer) -> ByteBufUtil.getBytes(buffer);
		});
		piece.release();
	}

	private static byte[] read(Body.Slice slice) {
		ByteBuffer bytes = ByteBuffer.allocate((int) slice.count());
		try {
			slice.file().read(bytes, slice.position());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		return bytes.array();
	}

	private static byte[] content() {
		byte[] content = new byte[LENGTH];
		new Random(7).nextBytes(content);
		return content;
	}

}
