package dev.sluice.store.fill;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.sluice.oci.Digest;
import dev.sluice.oci.UpstreamException;
import dev.sluice.store.disk.BlobFiles;
import dev.sluice.store.disk.StoreDirectory;
import dev.sluice.store.disk.StoredBlob;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A blob is fetched once, read by many while it comes, and never complete unless it is
 * right.
 */
class FillsTests {

	private static final Duration SOON = Duration.ofSeconds(20);

	private static final byte[] CONTENT = bytes(3_000_000);

	private static final Digest DIGEST = Digest.of(Digest.Algorithm.SHA256, CONTENT);

	@TempDir
	private Path root;

	private StoreDirectory directory;

	private BlobFiles blobs;

	private Fills fills;

	/** From which bytes on the upstream was asked. */
	private final List<Long> asked = new CopyOnWriteArrayList<>();

	@BeforeEach
	void open() throws Exception {
		this.directory = StoreDirectory.open(this.root, Duration.ZERO);
		this.blobs = new BlobFiles(this.directory);
		this.fills = new Fills(this.blobs, 2);
	}

	@AfterEach
	void close() throws IOException {
		this.fills.close();
		this.directory.close();
	}

	@Test
	void manyClientsCostOneAnswer() throws IOException {
		Sinks.Many<ByteBuf> upstream = Sinks.many().unicast().onBackpressureBuffer();
		List<Fill> clients = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			clients.add(begin(DIGEST, answering(upstream.asFlux(), CONTENT.length)));
		}
		List<Mono<byte[]>> reads = clients.stream().map((client) -> read(client, 0, Long.MAX_VALUE).cache()).toList();
		reads.forEach(Mono::subscribe);
		pieces(CONTENT, 0).forEach(upstream::tryEmitNext);
		upstream.tryEmitComplete();
		assertThat(reads).allSatisfy((read) -> assertThat(read.block(SOON)).isEqualTo(CONTENT));
		assertThat(this.asked).containsExactly(0L);
	}

	@Test
	void whatWasFetchedIsKept() throws IOException {
		assertThat(read(begin(DIGEST, answering()), 0, Long.MAX_VALUE).block(SOON)).isEqualTo(CONTENT);
		assertThat(kept(DIGEST)).isEqualTo(CONTENT);
	}

	@ParameterizedTest
	@EnumSource
	void aBlobOfAnyAlgorithmIsVerified(Digest.Algorithm algorithm) throws IOException {
		Digest digest = Digest.of(algorithm, CONTENT);
		assertThat(read(begin(digest, answering()), 0, Long.MAX_VALUE).block(SOON)).isEqualTo(CONTENT);
		assertThat(kept(digest)).isEqualTo(CONTENT);
	}

	@Test
	void aBlobWithoutABytesIsOne() throws IOException {
		Digest digest = Digest.of(Digest.Algorithm.SHA256, new byte[0]);
		assertThat(read(begin(digest, answering(Flux.empty(), 0)), 0, Long.MAX_VALUE).block(SOON)).isEmpty();
		assertThat(kept(digest)).isEmpty();
	}

	@Test
	void aPartIsReadAsSoonAsItIsThere() throws IOException {
		Sinks.Many<ByteBuf> upstream = Sinks.many().unicast().onBackpressureBuffer();
		Fill client = begin(DIGEST, answering(upstream.asFlux(), CONTENT.length));
		Mono<byte[]> part = read(client, 150_000, 250_000).cache();
		part.subscribe();
		pieces(CONTENT, 0).stream().limit(3).forEach(upstream::tryEmitNext);
		assertThat(part.block(SOON)).isEqualTo(Arrays.copyOfRange(CONTENT, 150_000, 250_000));
		upstream.tryEmitComplete();
	}

	@Test
	void theLastByteComesOnceTheWholeIsVerified() throws IOException {
		Sinks.Many<ByteBuf> upstream = Sinks.many().unicast().onBackpressureBuffer();
		Fill client = begin(DIGEST, answering(upstream.asFlux(), CONTENT.length));
		List<Long> ends = new CopyOnWriteArrayList<>();
		Flux<FileSlice> slices = client.read(0, Long.MAX_VALUE).doOnNext((slice) -> {
			ends.add(slice.position() + slice.count());
			slice.release();
		});
		Mono<Long> count = slices.count().cache();
		count.subscribe();
		pieces(CONTENT, 0).forEach(upstream::tryEmitNext);
		await().atMost(SOON).until(() -> !ends.isEmpty() && ends.getLast() == CONTENT.length - 1);
		upstream.tryEmitComplete();
		count.block(SOON);
		assertThat(ends.getLast()).isEqualTo(CONTENT.length);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void nobodyGetsACompleteBlobThatIsWrong(boolean announced) throws IOException {
		byte[] wrong = CONTENT.clone();
		wrong[1_000_000] ^= 1;
		OptionalLong length = announced ? OptionalLong.of(wrong.length) : OptionalLong.empty();
		Fill client = begin(DIGEST, (offset) -> portion(0, length, Flux.fromIterable(pieces(wrong, 0))));
		StepVerifier.create(bytesRead(client))
			.thenConsumeWhile((_) -> true)
			.verifyErrorSatisfies((failure) -> assertThat(failure).isInstanceOf(UpstreamException.InvalidAnswer.class)
				.hasMessageContaining(DIGEST.toString())
				.hasMessageContaining(Digest.of(Digest.Algorithm.SHA256, wrong).toString()));
		assertThat(this.blobs.open(DIGEST)).isEmpty();
		assertThat(this.fills.join(DIGEST)).isEmpty();
		assertThat(read(begin(DIGEST, answering()), 0, Long.MAX_VALUE).block(SOON)).isEqualTo(CONTENT);
	}

	@Test
	void anUpstreamThatBreaksOffIsAskedForTheRest() throws IOException {
		Supply breaking = (offset) -> portion(offset, OptionalLong.of(CONTENT.length),
				Flux.fromIterable(pieces(CONTENT, (int) offset))
					.take(5)
					.concatWith((offset < 2_500_000) ? Flux.error(new IOException("reset")) : Flux.empty()));
		assertThat(read(begin(DIGEST, breaking), 0, Long.MAX_VALUE).block(SOON)).isEqualTo(CONTENT);
		assertThat(this.asked).containsExactly(0L, 500_000L, 1_000_000L, 1_500_000L, 2_000_000L, 2_500_000L);
	}

	@Test
	void anUpstreamThatEndsEarlyIsAskedForTheRest() throws IOException {
		Supply early = (offset) -> portion(offset, OptionalLong.of(CONTENT.length),
				Flux.fromIterable(pieces(CONTENT, (int) offset)).take(20));
		assertThat(read(begin(DIGEST, early), 0, Long.MAX_VALUE).block(SOON)).isEqualTo(CONTENT);
		assertThat(this.asked).containsExactly(0L, 2_000_000L);
	}

	@Test
	void whatAnUpstreamRepeatsThatGivesNoPartsIsSkipped() throws IOException {
		Supply whole = (offset) -> portion(0, OptionalLong.of(CONTENT.length),
				Flux.fromIterable(pieces(CONTENT, 0)).take((offset == 0) ? 7 : Long.MAX_VALUE));
		assertThat(read(begin(DIGEST, whole), 0, Long.MAX_VALUE).block(SOON)).isEqualTo(CONTENT);
		assertThat(this.asked).containsExactly(0L, 700_000L);
	}

	@Test
	void anotherLengthThanBeforeEndsIt() throws IOException {
		Supply changing = (offset) -> portion(offset, OptionalLong.of(CONTENT.length + offset),
				Flux.fromIterable(pieces(CONTENT, (int) offset)).take(5));
		StepVerifier.create(bytesRead(begin(DIGEST, changing)))
			.thenConsumeWhile((_) -> true)
			.verifyErrorSatisfies((failure) -> assertThat(failure).hasMessageContaining("3500000 now"));
	}

	@Test
	void moreThanWasAnnouncedEndsIt() throws IOException {
		Fill client = begin(DIGEST, answering(Flux.fromIterable(pieces(CONTENT, 0)), 1_000_000));
		StepVerifier.create(bytesRead(client))
			.thenConsumeWhile((_) -> true)
			.verifyErrorSatisfies((failure) -> assertThat(failure).hasMessageContaining("is longer than"));
		assertThat(this.blobs.open(DIGEST)).isEmpty();
	}

	@Test
	void anUpstreamThatNeverAnswersWellIsToldAtOnce() throws IOException {
		UpstreamException denied = new UpstreamException.UpstreamFailed("503");
		Fill client = begin(DIGEST, (offset) -> Mono.error(denied));
		StepVerifier.create(client.begun()).verifyErrorSatisfies((failure) -> assertThat(failure).isSameAs(denied));
		client.release();
		assertThat(this.asked).containsExactly(0L);
	}

	@Test
	void aClientThatLeavesEndsNothing() throws IOException {
		Sinks.Many<ByteBuf> upstream = Sinks.many().unicast().onBackpressureBuffer();
		Fill first = begin(DIGEST, answering(upstream.asFlux(), CONTENT.length));
		upstream.tryEmitNext(pieces(CONTENT, 0).getFirst());
		first.read(0, Long.MAX_VALUE).doOnNext(FileSlice::release).take(1).blockLast(SOON);
		Mono<byte[]> second = read(this.fills.join(DIGEST).orElseThrow(), 0, Long.MAX_VALUE).cache();
		second.subscribe();
		pieces(CONTENT, 100_000).forEach(upstream::tryEmitNext);
		upstream.tryEmitComplete();
		assertThat(second.block(SOON)).isEqualTo(CONTENT);
		assertThat(kept(DIGEST)).isEqualTo(CONTENT);
	}

	@Test
	void thereAreNoMoreAtOnceThanMayBe() throws IOException {
		Sinks.Many<ByteBuf> never = Sinks.many().multicast().onBackpressureBuffer();
		Digest other = Digest.of(Digest.Algorithm.SHA256, new byte[] { 1 });
		Digest third = Digest.of(Digest.Algorithm.SHA256, new byte[] { 2 });
		begin(DIGEST, answering(never.asFlux(), CONTENT.length)).release();
		begin(other, answering(Flux.error(new IOException("reset")), 1)).release();
		await().atMost(SOON).until(() -> this.fills.join(other).map((fill) -> {
			fill.release();
			return false;
		}).orElse(true));
		begin(other, answering(never.asFlux(), 1)).release();
		assertThat(this.fills.joinOrBegin(third, answering())).isEmpty();
	}

	private Fill begin(Digest digest, Supply supply) throws IOException {
		return this.fills.joinOrBegin(digest, (offset) -> {
			this.asked.add(offset);
			return supply.from(offset);
		}).orElseThrow();
	}

	private static Supply answering() {
		return answering(Flux.defer(() -> Flux.fromIterable(pieces(CONTENT, 0))), CONTENT.length);
	}

	private static Supply answering(Flux<ByteBuf> bytes, long length) {
		return (offset) -> portion(offset, OptionalLong.of(length), bytes);
	}

	private static Mono<Supply.Portion> portion(long offset, OptionalLong length, Flux<ByteBuf> bytes) {
		return Mono.just(new Supply.Portion(offset, length, bytes, () -> {
		}));
	}

	private byte[] kept(Digest digest) throws IOException {
		await().atMost(SOON).until(() -> this.fills.join(digest).map((fill) -> {
			fill.release();
			return false;
		}).orElse(true));
		StoredBlob blob = this.blobs.open(digest).orElseThrow();
		return bytes(new FileSlice(blob.file(), 0, blob.length()));
	}

	private static Mono<byte[]> read(Fill fill, long first, long end) {
		return fill.read(first, end).map(FillsTests::bytes).collectList().map((all) -> {
			ByteBuffer whole = ByteBuffer.allocate(all.stream().mapToInt((bytes) -> bytes.length).sum());
			all.forEach(whole::put);
			return whole.array();
		});
	}

	private static Flux<Long> bytesRead(Fill fill) {
		return fill.read(0, Long.MAX_VALUE).map((slice) -> {
			slice.release();
			return slice.count();
		});
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

	private static List<ByteBuf> pieces(byte[] content, int from) {
		List<ByteBuf> pieces = new ArrayList<>();
		for (int at = from; at < content.length; at += 100_000) {
			pieces.add(Unpooled.copiedBuffer(content, at, Math.min(100_000, content.length - at)));
		}
		return pieces;
	}

	private static byte[] bytes(int count) {
		byte[] bytes = new byte[count];
		new Random(7).nextBytes(bytes);
		return bytes;
	}

}
