package dev.sluice.store.fill;

import java.io.IOException;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

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

	/** A connection that was left may be in the middle of a read. */
	@Test
	void whatOneThatWasLeftStillSendsIsLetGoOf() throws InterruptedException {
		ByteBuf late = Unpooled.buffer().writeByte(1);
		FillQueue queue = new FillQueue();
		queue.receive(portion((subscriber) -> {
			subscriber.onSubscribe(Operators.emptySubscription());
			late.retain();
			subscriber.onNext(late);
		}));
		queue.ask((offset) -> Mono.error(new IOException("refused at " + offset)), 7);
		assertThat(queue.take()).isInstanceOfSatisfying(FillQueue.Arrival.Broken.class,
				(broken) -> assertThat(broken.failure()).hasMessage("refused at 7"));
		assertThat(late.refCnt()).isEqualTo(1);
		assertThat(queue.take(1)).as("nothing more").isEmpty();
		late.release();
		queue.close();
	}

	private static Supply.Portion portion(Publisher<ByteBuf> bytes) {
		return new Supply.Portion(0, OptionalLong.empty(), Flux.from(bytes), () -> {
		});
	}

}
