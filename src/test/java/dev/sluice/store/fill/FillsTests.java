package dev.sluice.store.fill;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.sluice.oci.Digest;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static dev.sluice.store.fill.TestFills.CONTENT;
import static dev.sluice.store.fill.TestFills.DIGEST;
import static dev.sluice.store.fill.TestFills.SOON;
import static dev.sluice.store.fill.TestFills.answering;
import static dev.sluice.store.fill.TestFills.pieces;
import static dev.sluice.store.fill.TestFills.read;

/**
 * A blob is fetched once, and read by many while it comes.
 */
class FillsTests {

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

	@Test
	void manyClientsCostOneAnswer() throws IOException {
		Sinks.Many<ByteBuf> upstream = Sinks.many().unicast().onBackpressureBuffer();
		List<Fill> clients = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			clients.add(this.store.begin(DIGEST, answering(upstream.asFlux(), CONTENT.length)));
		}
		List<Mono<byte[]>> reads = clients.stream().map((client) -> read(client, 0, Long.MAX_VALUE).cache()).toList();
		reads.forEach(Mono::subscribe);
		pieces(CONTENT, 0).forEach(upstream::tryEmitNext);
		upstream.tryEmitComplete();
		assertThat(reads).allSatisfy((read) -> assertThat(read.block(SOON)).isEqualTo(CONTENT));
		assertThat(this.store.asked()).containsExactly(0L);
	}

	@Test
	void whatWasFetchedIsKept() throws IOException {
		assertThat(read(this.store.begin(DIGEST, answering()), 0, Long.MAX_VALUE).block(SOON)).isEqualTo(CONTENT);
		assertThat(this.store.kept(DIGEST)).isEqualTo(CONTENT);
	}

	@ParameterizedTest
	@EnumSource
	void aBlobOfAnyAlgorithmIsVerified(Digest.Algorithm algorithm) throws IOException {
		Digest digest = Digest.of(algorithm, CONTENT);
		assertThat(read(this.store.begin(digest, answering()), 0, Long.MAX_VALUE).block(SOON)).isEqualTo(CONTENT);
		assertThat(this.store.kept(digest)).isEqualTo(CONTENT);
	}

	@Test
	void aBlobWithoutABytesIsOne() throws IOException {
		Digest digest = Digest.of(Digest.Algorithm.SHA256, new byte[0]);
		assertThat(read(this.store.begin(digest, answering(Flux.empty(), 0)), 0, Long.MAX_VALUE).block(SOON)).isEmpty();
		assertThat(this.store.kept(digest)).isEmpty();
	}

	@Test
	void aPartIsReadAsSoonAsItIsThere() throws IOException {
		Sinks.Many<ByteBuf> upstream = Sinks.many().unicast().onBackpressureBuffer();
		Fill client = this.store.begin(DIGEST, answering(upstream.asFlux(), CONTENT.length));
		Mono<byte[]> part = read(client, 150_000, 250_000).cache();
		part.subscribe();
		pieces(CONTENT, 0).stream().limit(3).forEach(upstream::tryEmitNext);
		assertThat(part.block(SOON)).isEqualTo(Arrays.copyOfRange(CONTENT, 150_000, 250_000));
		upstream.tryEmitComplete();
	}

	@Test
	void theLastByteComesOnceTheWholeIsVerified() throws IOException {
		Sinks.Many<ByteBuf> upstream = Sinks.many().unicast().onBackpressureBuffer();
		Fill client = this.store.begin(DIGEST, answering(upstream.asFlux(), CONTENT.length));
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

	@Test
	void aClientThatLeavesEndsNothing() throws IOException {
		Sinks.Many<ByteBuf> upstream = Sinks.many().unicast().onBackpressureBuffer();
		Fill first = this.store.begin(DIGEST, answering(upstream.asFlux(), CONTENT.length));
		upstream.tryEmitNext(pieces(CONTENT, 0).getFirst());
		first.read(0, Long.MAX_VALUE).doOnNext(FileSlice::release).take(1).blockLast(SOON);
		Mono<byte[]> second = read(this.store.fills().join(DIGEST).orElseThrow(), 0, Long.MAX_VALUE).cache();
		second.subscribe();
		pieces(CONTENT, 100_000).forEach(upstream::tryEmitNext);
		upstream.tryEmitComplete();
		assertThat(second.block(SOON)).isEqualTo(CONTENT);
		assertThat(this.store.kept(DIGEST)).isEqualTo(CONTENT);
	}

	@Test
	void thereAreNoMoreAtOnceThanMayBe() throws IOException {
		Sinks.Many<ByteBuf> never = Sinks.many().multicast().onBackpressureBuffer();
		Digest other = Digest.of(Digest.Algorithm.SHA256, new byte[] { 1 });
		Digest third = Digest.of(Digest.Algorithm.SHA256, new byte[] { 2 });
		this.store.begin(DIGEST, answering(never.asFlux(), CONTENT.length)).release();
		this.store.begin(other, (_) -> Mono.error(new IOException("refused"))).release();
		await().atMost(SOON).until(() -> this.store.fills().join(other).map((fill) -> {
			fill.release();
			return false;
		}).orElse(true));
		this.store.begin(other, answering(never.asFlux(), 1)).release();
		assertThat(this.store.fills().begin(third, answering())).isEmpty();
	}

	@Test
	void whatIsHeldByNowIsFetchedByNobody() throws IOException {
		read(this.store.begin(DIGEST, answering()), 0, Long.MAX_VALUE).block(SOON);
		this.store.kept(DIGEST);
		assertThat(this.store.fills().begin(DIGEST, answering())).isEmpty();
	}

	@Test
	void aFillThatIsUnderWayIsBegunByNobodyElse() throws IOException {
		this.store.begin(DIGEST, answering(Flux.never(), CONTENT.length)).release();
		assertThat(this.store.fills().begin(DIGEST, answering())).isEmpty();
		await().atMost(SOON).untilAsserted(() -> assertThat(this.store.asked()).containsExactly(0L));
	}

}
