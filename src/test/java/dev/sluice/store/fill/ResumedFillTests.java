package dev.sluice.store.fill;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

import dev.sluice.oci.Digest;
import dev.sluice.oci.UpstreamException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

import static dev.sluice.store.fill.TestFills.CONTENT;
import static dev.sluice.store.fill.TestFills.DIGEST;
import static dev.sluice.store.fill.TestFills.SOON;
import static dev.sluice.store.fill.TestFills.answering;
import static dev.sluice.store.fill.TestFills.bytesRead;
import static dev.sluice.store.fill.TestFills.pieces;
import static dev.sluice.store.fill.TestFills.portion;
import static dev.sluice.store.fill.TestFills.read;

/**
 * What becomes of a fill whose upstream breaks off, or gives what isn't the blob.
 */
class ResumedFillTests {

	@TempDir
	private Path root;

	private TestFills store;

	@BeforeEach
	void open() throws Exception {
		this.store = new TestFills(this.root);
	}

	@AfterEach
	void close() throws IOException {
		this.store.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void nobodyGetsACompleteBlobThatIsWrong(boolean announced) throws IOException {
		byte[] wrong = CONTENT.clone();
		wrong[1_000_000] ^= 1;
		OptionalLong length = announced ? OptionalLong.of(wrong.length) : OptionalLong.empty();
		Fill client = this.store.begin(DIGEST, (offset) -> portion(0, length, Flux.fromIterable(pieces(wrong, 0))));
		StepVerifier.create(bytesRead(client))
			.thenConsumeWhile((_) -> true)
			.verifyErrorSatisfies((failure) -> assertThat(failure).isInstanceOf(UpstreamException.InvalidAnswer.class)
				.hasMessageContaining(DIGEST.toString())
				.hasMessageContaining(Digest.of(Digest.Algorithm.SHA256, wrong).toString()));
		assertThat(this.store.blobs().open(DIGEST)).isEmpty();
		assertThat(this.store.fills().join(DIGEST)).isEmpty();
		assertThat(read(this.store.begin(DIGEST, answering()), 0, Long.MAX_VALUE).block(SOON)).isEqualTo(CONTENT);
	}

	@Test
	void anUpstreamThatBreaksOffIsAskedForTheRest() throws IOException {
		Supply breaking = (offset) -> portion(offset, OptionalLong.of(CONTENT.length),
				Flux.fromIterable(pieces(CONTENT, (int) offset))
					.take(5)
					.concatWith((offset < 2_500_000) ? Flux.error(new IOException("reset")) : Flux.empty()));
		assertThat(read(this.store.begin(DIGEST, breaking), 0, Long.MAX_VALUE).block(SOON)).isEqualTo(CONTENT);
		assertThat(this.store.asked()).containsExactly(0L, 500_000L, 1_000_000L, 1_500_000L, 2_000_000L, 2_500_000L);
	}

	@Test
	void anUpstreamThatBreaksOffBeforeItsFirstByteIsAskedOnceMore() throws IOException {
		AtomicInteger times = new AtomicInteger();
		Supply late = (offset) -> portion(offset, OptionalLong.of(CONTENT.length), (times.getAndIncrement() == 0)
				? Flux.error(new IOException("reset")) : Flux.fromIterable(pieces(CONTENT, 0)));
		assertThat(read(this.store.begin(DIGEST, late), 0, Long.MAX_VALUE).block(SOON)).isEqualTo(CONTENT);
		assertThat(this.store.asked()).containsExactly(0L, 0L);
	}

	@Test
	void anUpstreamThatEndsEarlyIsAskedForTheRest() throws IOException {
		Supply early = (offset) -> portion(offset, OptionalLong.of(CONTENT.length),
				Flux.fromIterable(pieces(CONTENT, (int) offset)).take(20));
		assertThat(read(this.store.begin(DIGEST, early), 0, Long.MAX_VALUE).block(SOON)).isEqualTo(CONTENT);
		assertThat(this.store.asked()).containsExactly(0L, 2_000_000L);
	}

	@Test
	void whatAnUpstreamRepeatsThatGivesNoPartsIsSkipped() throws IOException {
		Supply whole = (offset) -> portion(0, OptionalLong.of(CONTENT.length),
				Flux.fromIterable(pieces(CONTENT, 0)).take((offset == 0) ? 7 : Long.MAX_VALUE));
		assertThat(read(this.store.begin(DIGEST, whole), 0, Long.MAX_VALUE).block(SOON)).isEqualTo(CONTENT);
		assertThat(this.store.asked()).containsExactly(0L, 700_000L);
	}

	@Test
	void anotherLengthThanBeforeEndsIt() throws IOException {
		Supply changing = (offset) -> portion(offset, OptionalLong.of(CONTENT.length + offset),
				Flux.fromIterable(pieces(CONTENT, (int) offset)).take(5));
		StepVerifier.create(bytesRead(this.store.begin(DIGEST, changing)))
			.thenConsumeWhile((_) -> true)
			.verifyErrorSatisfies((failure) -> assertThat(failure).hasMessageContaining("3500000 now"));
	}

	@Test
	void moreThanWasAnnouncedEndsIt() throws IOException {
		Fill client = this.store.begin(DIGEST, answering(Flux.fromIterable(pieces(CONTENT, 0)), 1_000_000));
		StepVerifier.create(bytesRead(client))
			.thenConsumeWhile((_) -> true)
			.verifyErrorSatisfies((failure) -> assertThat(failure).hasMessageContaining("is longer than"));
		assertThat(this.store.blobs().open(DIGEST)).isEmpty();
	}

	/** A response without a byte is over at once: nothing could be held back. */
	@Test
	void whatIsSaidToBeEmptyAndIsNotNeverBegins() throws IOException {
		Fill client = this.store.begin(DIGEST,
				(offset) -> Mono.just(new Supply.Portion(0, OptionalLong.of(0), Flux.empty(), () -> {
				})));
		StepVerifier.create(client.begun()).verifyError(UpstreamException.InvalidAnswer.class);
		client.release();
	}

	@Test
	void aSupplyThatGivesNothingIsNotWaitedFor() throws IOException {
		Fill client = this.store.begin(DIGEST, (offset) -> Mono.empty());
		StepVerifier.create(client.begun()).verifyError(IllegalStateException.class);
		client.release();
	}

	@Test
	void anUpstreamThatNeverAnswersWellIsToldAtOnce() throws IOException {
		UpstreamException denied = new UpstreamException.UpstreamFailed("503");
		Fill client = this.store.begin(DIGEST, (offset) -> Mono.error(denied));
		StepVerifier.create(client.begun()).verifyErrorSatisfies((failure) -> assertThat(failure).isSameAs(denied));
		client.release();
		assertThat(this.store.asked()).containsExactly(0L);
	}

}
