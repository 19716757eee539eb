package dev.sluice.wiring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.FileRegion;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.timeout.WriteTimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Time stands still but for what each test lets pass. */
class StalledClientTests {

	private static final int PATIENCE = 60;

	@TempDir
	private Path directory;

	private Path file;

	private final SlowConnection connection = new SlowConnection();

	@BeforeEach
	void makeFile() throws IOException {
		this.file = Files.write(this.directory.resolve("blob"), new byte[10_000]);
	}

	@Test
	void aLargeWriteMayTakeLongAsLongAsItMoves() {
		this.connection.writeOneOutbound(Unpooled.wrappedBuffer(new byte[10_000]));
		this.connection.flushOutbound();
		for (int taken = 0; taken < 10_000; taken += 1_000) {
			passSeconds(PATIENCE - 1);
			this.connection.take(1_000);
		}
		assertThat(this.connection.isOpen()).isTrue();
	}

	@Test
	void whoTakesNothingIsLeft() {
		this.connection.writeOneOutbound(Unpooled.wrappedBuffer(new byte[10_000]));
		this.connection.flushOutbound();
		this.connection.take(9_999);
		passSeconds(2 * PATIENCE + 1);
		assertThat(this.connection.isOpen()).isFalse();
		assertThatExceptionOfType(WriteTimeoutException.class).isThrownBy(this.connection::checkException);
	}

	@Test
	void whoTakesNothingOfAFileIsLeft() throws IOException {
		this.connection.writeOneOutbound(new DefaultFileRegion(this.file.toFile(), 0, 10_000));
		this.connection.flushOutbound();
		for (int taken = 0; taken < 5_000; taken += 1_000) {
			passSeconds(PATIENCE - 1);
			this.connection.take(1_000);
		}
		assertThat(this.connection.isOpen()).isTrue();
		passSeconds(2 * PATIENCE + 1);
		assertThat(this.connection.isOpen()).isFalse();
	}

	@Test
	void whoIsOwedNothingMayStay() {
		this.connection.writeOneOutbound(Unpooled.wrappedBuffer(new byte[10]));
		this.connection.flushOutbound();
		this.connection.take(10);
		passSeconds(10 * PATIENCE);
		assertThat(this.connection.isOpen()).isTrue();
	}

	private void passSeconds(int seconds) {
		for (int i = 0; i < seconds; i++) {
			this.connection.advanceTimeBy(1, TimeUnit.SECONDS);
			this.connection.runScheduledPendingTasks();
		}
	}

	/** Takes bytes only as it is told. */
	private static final class SlowConnection extends EmbeddedChannel {

		private int takes;

		SlowConnection() {
			super(new StalledClient(Duration.ofSeconds(PATIENCE)));
			freezeTime();
		}

		void take(int bytes) {
			this.takes = bytes;
			flushOutbound();
		}

		@Override
		protected void doWrite(ChannelOutboundBuffer waiting) {
			if (waiting.current() instanceof FileRegion) {
				waiting.progress(this.takes);
			}
			else {
				waiting.removeBytes(Math.min(this.takes, waiting.totalPendingWriteBytes()));
			}
			this.takes = 0;
		}

	}

}
