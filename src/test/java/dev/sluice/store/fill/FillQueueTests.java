package dev.sluice.store.fill;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * However an upstream cuts a blob, what waits for a disk that doesn't write is bounded.
 */
class FillQueueTests {

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 1_000, 65_536, 1_000_000 })
	void holdsSoMuchAndABufferMore(int size) throws InterruptedException {
		AtomicInteger given = new AtomicInteger();
		FillQueue queue = new FillQueue();
		Flux<ByteBuf> endless = Flux.generate((sink) -> {
			given.incrementAndGet();
			sink.next(Unpooled.wrappedBuffer(new byte[size]));
		});
		queue.receive(new Supply.Portion(0, OptionalLong.empty(), endless, () -> {
		}));
		int most = given.get();
		assertThat(most).as("buffers").isBetween(1, 1_100);
		assertThat((long) most * size).as("bytes").isLessThanOrEqualTo(FillQueue.MOST + size);
		queue.take().release();
		assertThat(given.get()).as("one more for the one that was taken").isEqualTo(most + 1);
		queue.close();
	}

}
