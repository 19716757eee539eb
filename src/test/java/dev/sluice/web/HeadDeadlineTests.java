package dev.sluice.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the deadline of a request's head counts, and what it doesn't.
 */
class HeadDeadlineTests {

	private static final String WHOLE = "GET /v2/ HTTP/1.1\r\nHost: localhost\r\n\r\n";

	private final EmbeddedChannel client = new EmbeddedChannel();

	@BeforeEach
	void guard() {
		this.client.pipeline().addLast("codec", new HttpServerCodec());
		new HeadDeadline(Duration.ofSeconds(30)).guard(this.client.pipeline(), "codec");
		this.client.freezeTime();
	}

	@AfterEach
	void close() {
		this.client.finishAndReleaseAll();
	}

	@Test
	void aHeadThatIsNotThereInTimeIsNoRequest() {
		send("GET /v2/ HTTP/1.1\r\n");
		pass(29);
		send("X: y\r\n");
		assertThat(this.client.<Object>readInbound()).isNull();
		pass(1);
		HttpRequest request = this.client.readInbound();
		assertThat(Refusal.of(request.decoderResult().cause())).isEqualTo(Refusal.HEAD_TOO_SLOW);
		send("\r\n" + WHOLE);
		assertThat(this.client.<Object>readInbound()).isNull();
	}

	@Test
	void emptyLinesBeforeARequestAreOfItsHead() {
		send("\r\n");
		pass(29);
		send("\r\n");
		pass(1);
		assertThat(this.client.<HttpRequest>readInbound().decoderResult().isFailure()).isTrue();
	}

	@Test
	void aConnectionMayWaitForItsNextRequest() {
		send(WHOLE);
		assertRead();
		pass(3600);
		send("GET /v2/ HTTP/1.1\r\n");
		pass(29);
		assertThat(this.client.<Object>readInbound()).isNull();
		send("Host: localhost\r\n\r\n");
		assertRead();
		pass(3600);
		assertThat(this.client.<Object>readInbound()).isNull();
	}

	@Test
	void aBodyIsNotOfTheHead() {
		send("POST /v2/ HTTP/1.1\r\nContent-Length: 10\r\n\r\n");
		assertThat(this.client.<Object>readInbound()).isInstanceOf(HttpRequest.class);
		send("12345");
		ReferenceCountUtil.release(this.client.readInbound());
		pass(3600);
		send("67890");
		assertThat(this.client.<Object>readInbound()).isInstanceOf(LastHttpContent.class)
			.satisfies(ReferenceCountUtil::release);
	}

	private void assertRead() {
		HttpRequest request = this.client.readInbound();
		assertThat(request.decoderResult().isSuccess()).isTrue();
		assertThat(this.client.<Object>readInbound()).isInstanceOf(LastHttpContent.class);
	}

	private void send(String text) {
		this.client.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
	}

	private void pass(int seconds) {
		this.client.advanceTimeBy(seconds, TimeUnit.SECONDS);
		this.client.runScheduledPendingTasks();
	}

}
