package dev.sluice.store.fill;

import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

import dev.sluice.store.disk.NewFile;
import dev.sluice.testing.FailingDisk;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

import static dev.sluice.store.fill.TestFills.CONTENT;
import static dev.sluice.store.fill.TestFills.DIGEST;
import static dev.sluice.store.fill.TestFills.SOON;
import static dev.sluice.store.fill.TestFills.answering;
import static dev.sluice.store.fill.TestFills.pieces;
import static dev.sluice.store.fill.TestFills.portion;
import static dev.sluice.store.fill.TestFills.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An upstream that gives too little counts as one that broke off.
 */
class SpeedWatchTests {

	private static final SpeedLimit QUICK = new SpeedLimit(1_000_000, Duration.ofMillis(200));

	@TempDir
	private Path root;

	@ParameterizedTest
	@CsvSource({ "0, true", "30719, true", "30720, false", "1000000000, false" })
	void whatAnUpstreamGivesInAWindowTells(long bytes, boolean tooSlow) {
		SpeedWatch watch = new SpeedWatch(SpeedLimit.DEFAULT);
		watch.begin();
		watch.waited(Duration.ofSeconds(29).toNanos());
		watch.gave(bytes);
		assertThat(watch.isTooSlow()).as("before its end").isFalse();
		assertThat(watch.patience()).isEqualTo(Duration.ofSeconds(1).toNanos());
		watch.waited(Duration.ofSeconds(1).toNanos());
		assertThat(watch.isTooSlow()).isEqualTo(tooSlow);
	}

	@Test
	void eachWindowCountsByItself() {
		SpeedWatch watch = new SpeedWatch(SpeedLimit.DEFAULT);
		watch.begin();
		watch.gave(1_000_000_000);
		watch.waited(Duration.ofSeconds(30).toNanos());
		assertThat(watch.isTooSlow()).isFalse();
		watch.waited(Duration.ofSeconds(30).toNanos());
		assertThat(watch.isTooSlow()).isTrue();
	}

	@Test
	void anUpstreamThatStallsIsLeftAndAskedForTheRest() throws Exception {
		Sinks.Many<ByteBuf> stalled = Sinks.many().unicast().onBackpressureBuffer();
		AtomicInteger left = new AtomicInteger();
		pieces(CONTENT, 0).stream().limit(4).forEach(stalled::tryEmitNext);
		try (TestFills store = new TestFills(this.root, NewFile.PRIVATE, QUICK)) {
			Fill client = store.begin(DIGEST,
					(offset) -> portion(offset, OptionalLong.of(CONTENT.length),
							(offset == 0) ? stalled.asFlux().doOnCancel(left::incrementAndGet)
									: Flux.fromIterable(pieces(CONTENT, (int) offset))));
			assertThat(read(client, 0, Long.MAX_VALUE).block(SOON)).isEqualTo(CONTENT);
			assertThat(store.asked()).containsExactly(0L, 400_000L);
			assertThat(left).as("connections let go of").hasValue(1);
		}
	}

	@Test
	void anUpstreamThatStallsForGoodIsGivenUp() throws Exception {
		try (TestFills store = new TestFills(this.root, NewFile.PRIVATE, new SpeedLimit(1_000, Duration.ofMillis(1)))) {
			Fill client = store.begin(DIGEST,
					(offset) -> portion(offset, OptionalLong.of(CONTENT.length), Flux.never()));
			client.release();
			await().atMost(SOON).until(() -> store.asked().size() > 2);
			assertThat(store.asked()).containsOnly(0L);
		}
	}

	@Test
	void aSlowDiskIsNotTheUpstreamsFault() throws Exception {
		FailingDisk disk = new FailingDisk();
		disk.takesLong(Duration.ofMillis(10));
		try (TestFills store = new TestFills(this.root, disk, new SpeedLimit(1_000_000_000, Duration.ofMillis(20)))) {
			assertThat(read(store.begin(DIGEST, answering()), 0, Long.MAX_VALUE).block(SOON)).isEqualTo(CONTENT);
			assertThat(store.asked()).containsExactly(0L);
		}
	}

	@Test
	void whatItFallsShortOfIsSaid() {
		assertThat(new SpeedWatch(SpeedLimit.DEFAULT)).hasToString("30720 bytes in 30 s");
		assertThat(new SpeedWatch(QUICK)).hasToString("200000 bytes in 200 ms");
	}

}
