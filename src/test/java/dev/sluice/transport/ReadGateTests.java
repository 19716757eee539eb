package dev.sluice.transport;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * When an upstream counts as silent, by a clock that the test moves: ten seconds for the
 * answer's first byte, four between two reads that are wanted.
 */
class ReadGateTests {

	private final ReadGate gate = new ReadGate(Duration.ofSeconds(10), Duration.ofSeconds(4), new ReadBudget(1 << 20));

	private final EmbeddedChannel channel = new EmbeddedChannel();

	@BeforeEach
	void open() {
		this.channel.freezeTime();
		this.channel.pipeline().addLast(this.gate);
		this.channel.writeOutbound(new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/"));
	}

	@AfterEach
	void close() {
		this.channel.releaseOutbound();
		this.channel.releaseInbound();
		this.channel.close();
	}

	@Test
	void waitsForTheFirstByteAsLongAsIsSaid() {
		pass(9);
		assertThat(this.channel.isOpen()).isTrue();
		pass(1);
		givenUp("sent nothing for 10 s");
	}

	@Test
	void countsFromTheLastByteWhileMoreIsWanted() {
		answer();
		want(true);
		pass(3);
		content();
		pass(3);
		content();
		pass(3);
		assertThat(this.channel.isOpen()).isTrue();
		pass(1);
		givenUp("sent nothing for 4 s");
	}

	@Test
	void neverCountsWhileNobodyWantsMore() {
		answer();
		want(true);
		content();
		want(false);
		pass(3600);
		assertThat(this.channel.isOpen()).isTrue();
	}

	/**
	 * A client that paused for long must not have its upstream cut off when it reads on.
	 */
	@Test
	void countsAnewWhenReadingResumes() {
		answer();
		want(true);
		content();
		want(false);
		pass(7);
		want(true);
		pass(3);
		assertThat(this.channel.isOpen()).isTrue();
		pass(1);
		givenUp("sent nothing for 4 s");
	}

	/** Or a client that asks for more all the time would keep a dead upstream alive. */
	@Test
	void askingAgainForWhatIsWantedCountsForNothing() {
		answer();
		want(true);
		pass(3);
		want(true);
		pass(1);
		givenUp("sent nothing for 4 s");
	}

	@Test
	void countsNoMoreOnceTheAnswerIsWhole() {
		answer();
		want(true);
		this.channel.writeInbound(new DefaultLastHttpContent());
		pass(3600);
		assertThat(this.channel.isOpen()).isTrue();
		assertThat(this.gate.isOver(1)).isTrue();
	}

	private void answer() {
		this.channel.writeInbound(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
	}

	private void content() {
		this.channel.writeInbound(new DefaultHttpContent(Unpooled.EMPTY_BUFFER));
	}

	private void want(boolean wanted) {
		this.gate.want(this.gate.exchange(), wanted);
	}

	private void pass(int seconds) {
		for (int i = 0; i < seconds; i++) {
			this.channel.advanceTimeBy(1, TimeUnit.SECONDS);
			this.channel.runScheduledPendingTasks();
		}
	}

	private void givenUp(String why) {
		assertThat(this.channel.isOpen()).isFalse();
		assertThatExceptionOfType(SilentUpstreamException.class).isThrownBy(this.channel::checkException)
			.withMessage(why);
	}

}
