package dev.sluice.observe;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process of its own runs out of heap, and must not stay.
 */
class HeapExhaustionTests {

	@ParameterizedTest
	@EnumSource
	void endsTheProcessWhoeverMeetsIt(Place place) throws Exception {
		Process process = start("-Xmx32m", place.name());
		String said = new String(process.getInputStream().readAllBytes());
		assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).as(said).isEqualTo(3);
		assertThat(said).contains("Sluice has no heap memory left and ends").contains("docs/docker.md");
	}

	@Test
	void goesOnWhereDirectMemoryIsExhausted() throws Exception {
		Process process = start("-XX:MaxDirectMemorySize=1m", "DIRECT");
		String said = new String(process.getInputStream().readAllBytes());
		assertThat(process.waitFor()).as(said).isZero();
	}

	private static Process start(String option, String place) throws IOException {
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		return new ProcessBuilder(java, option, "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
				Victim.class.getName(), place)
			.redirectErrorStream(true)
			.start();
	}

	enum Place {

		THREAD, VIRTUAL_THREAD, EVENT_LOOP, SCHEDULER, OPERATOR, CHANNEL, LOGGED

	}

	/** Runs out of memory where it is told to, and waits to be ended. */
	static final class Victim {

		public static void main(String[] args) throws InterruptedException {
			HeapExhaustion.watch();
			if (args[0].equals("DIRECT")) {
				exhaustDirect();
				return;
			}
			exhaustIn(Place.valueOf(args[0]));
			Thread.sleep(60_000);
		}

		private static void exhaustIn(Place place) {
			switch (place) {
				case THREAD -> new Thread(Victim::exhaust).start();
				case VIRTUAL_THREAD -> Thread.startVirtualThread(Victim::exhaust);
				case EVENT_LOOP -> new DefaultEventLoop().execute(Victim::exhaust);
				case SCHEDULER -> Schedulers.parallel().schedule(Victim::exhaust);
				case OPERATOR ->
					new DefaultEventLoop().execute(() -> Flux.just(1).doOnNext((one) -> exhaust()).subscribe());
				case CHANNEL -> new EmbeddedChannel(new ChannelInboundHandlerAdapter() {

					@Override
					public void channelRead(ChannelHandlerContext context, Object message) {
						exhaust();
					}

				}).writeInbound("x");
				case LOGGED -> LoggerFactory.getLogger("x")
					.debug("{} failed", "it", new IllegalStateException(new OutOfMemoryError("Java heap space")));
			}
		}

		private static void exhaustDirect() {
			try {
				java.nio.ByteBuffer.allocateDirect(8 * 1024 * 1024);
			}
			catch (OutOfMemoryError ex) {
				LoggerFactory.getLogger("x").error("no direct memory", ex);
			}
		}

		private static void exhaust() {
			List<byte[]> all = new ArrayList<>();
			while (true) {
				all.add(new byte[1024 * 1024]);
			}
		}

	}

}
