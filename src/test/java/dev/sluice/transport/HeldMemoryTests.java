package dev.sluice.transport;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import dev.sluice.oci.HeldBytes;
import dev.sluice.oci.OverloadException.MemoryExhausted;
import io.netty.resolver.DefaultAddressResolverGroup;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class HeldMemoryTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final int MIB = 1024 * 1024;

	/** 4 MiB for large bodies, 1 MiB of them for one upstream; 2 and 1 for small ones. */
	private final HeldMemory memory = new HeldMemory(16 * MIB);

	@Test
	void oneUpstreamHoldsAQuarterOfAllAtMost() {
		HeldMemory.Share bad = this.memory.share();
		assertThat(claims(bad, 512 * 1024).toList()).hasSize(2);
		assertThat(claims(this.memory.share(), 512 * 1024).toList()).hasSize(2);
	}

	@Test
	void fourUpstreamsHoldAllOfIt() {
		for (int i = 0; i < 4; i++) {
			assertThat(claims(this.memory.share(), MIB).toList()).hasSize(1);
		}
		assertThat(claims(this.memory.share(), 100_000).toList()).isEmpty();
	}

	@Test
	void smallBodiesFindRoomWhileLargeOnesFindNone() {
		HeldMemory.Share bad = this.memory.share();
		assertThat(claims(bad, MIB).toList()).isNotEmpty();
		assertThat(claims(bad, 100_000).toList()).isEmpty();
		assertThat(claims(bad, 64 * 1024).toList()).hasSize(16);
		assertThat(claims(this.memory.share(), 64 * 1024).limit(20).toList()).hasSize(20);
	}

	@Test
	void smallBodiesTakeOfTheOtherMemoryWhenTheirOwnIsFull() {
		assertThat(claims(this.memory.share(), 64 * 1024).toList()).hasSize(32);
	}

	@Test
	void bodyThatGrowsLargeGivesBackWhatItTookAsASmallOne() {
		HeldMemory.Share share = this.memory.share();
		HeldMemory.Claim claim = share.claim();
		for (int i = 0; i < 100; i++) {
			assertThat(claim.grow(10_000)).isTrue();
		}
		assertThat(share.used()).isEqualTo(1_000_000);
		assertThat(claims(share, 64 * 1024).toList()).hasSize(16);
		claim.release();
		assertThat(share.used()).isEqualTo(16 * 64 * 1024);
	}

	@Test
	void whatIsReleasedIsFreeAndStaysSo() {
		HeldMemory.Share share = this.memory.share();
		HeldMemory.Claim claim = share.claim();
		claim.grow(MIB);
		claim.release();
		claim.release();
		assertThat(claim.grow(1)).isFalse();
		assertThat(this.memory.used()).isZero();
		assertThat(claims(share, MIB).toList()).hasSize(1);
	}

	@Test
	void refusesABodyForWhichThereIsNoRoomAndTakesItOnceThereIs() throws IOException {
		try (RawUpstream upstream = bodies(600 * 1024); NettyTransport transport = transport(upstream)) {
			HeldBytes first = LoopbackUpstream.await(get(transport, upstream));
			assertThat(first.length()).isEqualTo(600 * 1024);
			assertThat(this.memory.used()).isEqualTo(600 * 1024);
			assertThatExceptionOfType(MemoryExhausted.class).isThrownBy(() -> get(transport, upstream).block(PATIENCE))
				.withMessageContaining("no memory is left")
				.satisfies((ex) -> assertThat(ex.retryAfter()).isPositive());
			assertThat(this.memory.used()).isEqualTo(600 * 1024);
			first.release();
			LoopbackUpstream.await(get(transport, upstream)).release();
			assertThat(this.memory.used()).isZero();
		}
	}

	/** An upstream that announces much and sends little holds little. */
	@Test
	void countsWhatHasArrivedNotWhatIsAnnounced() throws IOException {
		try (RawUpstream upstream = new RawUpstream((self, socket) -> {
			RawUpstream.readHead(socket);
			RawUpstream.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 900000\r\n\r\n" + "x".repeat(1000));
			self.awaitClose(socket);
		}); NettyTransport transport = transport(upstream)) {
			List<Disposable> waiting = new ArrayList<>();
			for (int i = 0; i < 10; i++) {
				waiting.add(get(transport, upstream).subscribe((body) -> {
				}, (ex) -> {
				}));
			}
			await(() -> this.memory.used() == 10_000);
			waiting.forEach(Disposable::dispose);
			await(() -> this.memory.used() == 0);
		}
	}

	/** As an object each would be twenty times its size. */
	@Test
	void bodyThatComesByteByByteTakesNoMoreThanItCountsFor() {
		HeldMemory.Share share = this.memory.share();
		BodyCollector collector = new BodyCollector(MIB, share.claim());
		for (int held = 1; held <= 300_000; held++) {
			collector.add(new byte[] { (byte) held });
			assertThat(share.used()).isBetween((long) held, Math.max(2L * held, held + 1024));
			if (held <= 64 * 1024) {
				assertThat(share.used()).isLessThanOrEqualTo(64 * 1024);
			}
		}
		HeldBytes body = collector.held();
		assertThat(share.used()).isEqualTo(300_000);
		assertThat(body.parts()).hasSizeLessThan(20);
		byte[] expected = new byte[300_000];
		for (int i = 0; i < expected.length; i++) {
			expected[i] = (byte) (i + 1);
		}
		assertThat(body.toByteArray()).isEqualTo(expected);
		body.release();
		assertThat(share.used()).isZero();
	}

	@Test
	void bodyInPiecesOfAllSizesStaysWhatItIs() {
		HeldMemory.Share share = this.memory.share();
		byte[] whole = new byte[MIB];
		ThreadLocalRandom.current().nextBytes(whole);
		BodyCollector collector = new BodyCollector(MIB, share.claim());
		int most = 1;
		for (int at = 0; at < MIB;) {
			int end = Math.min(MIB, at + ThreadLocalRandom.current().nextInt(most) + 1);
			collector.add(Arrays.copyOfRange(whole, at, end));
			at = end;
			most = (most > 100_000) ? 1 : most * 3;
		}
		assertThat(collector.held().toByteArray()).isEqualTo(whole);
		assertThat(share.used()).isEqualTo(MIB);
	}

	@Test
	void chunksOfAByteAreGatheredAsTheyArrive() throws IOException {
		String chunks = "1\r\n \r\n".repeat(20_000) + "0\r\n\r\n";
		try (RawUpstream upstream = new RawUpstream((self, socket) -> {
			RawUpstream.readHead(socket);
			RawUpstream.write(socket, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks);
			self.awaitClose(socket);
		}); NettyTransport transport = transport(upstream)) {
			HeldBytes body = LoopbackUpstream.await(get(transport, upstream));
			assertThat(body.length()).isEqualTo(20_000);
			assertThat(body.parts()).hasSizeLessThan(20);
			assertThat(this.memory.used()).isEqualTo(20_000);
		}
	}

	/** It failed once, in nobody's hands but the log's. */
	@Test
	void whatArrivesWhenTheClientHasLeftIsDroppedWithoutFailure() {
		HeldMemory.Share share = this.memory.share();
		BodyCollector collector = new BodyCollector(MIB, share.claim());
		collector.add(new byte[1000]);
		collector.abandon();
		assertThatCode(() -> collector.add(new byte[1000])).doesNotThrowAnyException();
		assertThatCode(() -> collector.add(new byte[2 * MIB])).doesNotThrowAnyException();
		assertThat(share.used()).isZero();
	}

	@Test
	void nothingStaysTakenWhoeverLeavesWhenever() throws IOException {
		try (RawUpstream upstream = bodies(100_000); NettyTransport transport = transport(upstream)) {
			for (int i = 0; i < 300; i++) {
				Disposable one = get(transport, upstream).doOnNext(HeldBytes::release).subscribe((body) -> {
				}, (ex) -> {
				});
				LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(2_000_000));
				one.dispose();
			}
			await(() -> this.memory.used() == 0);
		}
	}

	@Test
	void nothingStaysTakenOfABodyThatIsTooLargeOrBreaksOff() throws IOException {
		try (RawUpstream upstream = bodies(300_000); RawUpstream broken = new RawUpstream((self, socket) -> {
			RawUpstream.readHead(socket);
			RawUpstream.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n" + "x".repeat(1000));
		}); NettyTransport transport = transport(upstream, broken)) {
			Mono<HeldBytes> tooLarge = transport.send(upstream.get("/chunked"))
				.flatMap((answer) -> answer.held(200_000));
			StepVerifier.create(tooLarge)
				.verifyErrorMessage(upstream.origin() + ": the answer is larger than 200000 bytes");
			StepVerifier.create(get(transport, broken)).verifyError();
			await(() -> this.memory.used() == 0);
		}
	}

	private static Stream<HeldMemory.Claim> claims(HeldMemory.Share share, int size) {
		return Stream.generate(share::claim).takeWhile((claim) -> claim.grow(size));
	}

	private NettyTransport transport(RawUpstream... upstreams) {
		Set<Origin> origins = Set.copyOf(Stream.of(upstreams).map(RawUpstream::origin).toList());
		return new NettyTransport(origins, TransportSettings.defaults(),
				new Network(DefaultAddressResolverGroup.INSTANCE, Map.of(), "sluice/test", this.memory));
	}

	private static Mono<HeldBytes> get(NettyTransport transport, RawUpstream upstream) {
		return transport.send(upstream.get("/")).flatMap((answer) -> answer.held(4 * MIB));
	}

	private static RawUpstream bodies(int size) throws IOException {
		return new RawUpstream((self, socket) -> {
			for (String head = RawUpstream.readHead(socket); !head.isEmpty(); head = RawUpstream.readHead(socket)) {
				boolean chunked = head.startsWith("GET /chunked");
				RawUpstream.write(socket, "HTTP/1.1 200 OK\r\n"
						+ (chunked ? "Connection: close" : "Content-Length: " + size) + "\r\n\r\n");
				self.pour(socket, size);
				if (chunked) {
					return;
				}
			}
		});
	}

	private static void await(java.util.function.BooleanSupplier condition) {
		long end = System.nanoTime() + PATIENCE.toNanos();
		while (!condition.getAsBoolean()) {
			assertThat(System.nanoTime()).as("still waiting").isLessThan(end);
			Thread.onSpinWait();
		}
	}

}
