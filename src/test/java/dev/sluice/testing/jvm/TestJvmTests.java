package dev.sluice.testing.jvm;

import java.time.Duration;

import io.netty.buffer.PooledByteBufAllocator;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TestJvmTests {

	@Test
	void reportsABufferThatNobodyReleased() throws InterruptedException {
		forgetABuffer();
		assertThat(LeakedBuffers.drain()).singleElement().asString().contains("forgetABuffer");
	}

	@Test
	void reportsNothingWhenEveryBufferIsReleased() throws InterruptedException {
		PooledByteBufAllocator.DEFAULT.buffer(16).release();
		assertThat(LeakedBuffers.drain()).isEmpty();
	}

	@Test
	void refusesABlockingCallOnAReactorThread() {
		Mono<Void> blocking = Mono.<Void>fromRunnable(TestJvmTests::sleep).subscribeOn(Schedulers.parallel());
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> blocking.block(Duration.ofSeconds(5)))
			.havingRootCause()
			.isInstanceOf(BlockingOperationError.class);
	}

	private static void forgetABuffer() {
		PooledByteBufAllocator.DEFAULT.buffer(16).writeByte(1);
	}

	private static void sleep() {
		try {
			Thread.sleep(1);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
