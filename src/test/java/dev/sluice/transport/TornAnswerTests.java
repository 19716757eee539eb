package dev.sluice.transport;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import dev.sluice.oci.RegistryException;
import dev.sluice.oci.UpstreamException.InvalidAnswer;
import dev.sluice.oci.UpstreamException.UpstreamUnreachable;
import io.netty.handler.codec.http.HttpMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * An answer of which something comes, but not its head: it counts, and the request isn't
 * repeated (RFC 9110, 9.2.2).
 */
class TornAnswerTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final String GOOD = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nright";

	private static final String EARLY_HINTS = "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n";

	@ParameterizedTest
	@ValueSource(strings = { "H", "\r\n", "HTTP/1.1 20", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Le",
			"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n", EARLY_HINTS, EARLY_HINTS + "HTTP/1.1 2",
			"HTTP/1.1 100 Continue\r\n\r\n", "nonsense\r\n\r\n" })
	void isNotAskedForOnceMoreOnAReusedConnection(String torn) throws IOException {
		for (HttpMethod method : new HttpMethod[] { HttpMethod.GET, HttpMethod.HEAD }) {
			assertThat(failureOfSecondRequest(torn, method)).hasMessageNotContaining("speaks TLS");
		}
	}

	@Test
	void isNotAskedForOnceMoreAfterTooManyInterimAnswers() throws IOException {
		assertThat(failureOfSecondRequest(EARLY_HINTS.repeat(17), HttpMethod.GET))
			.isInstanceOf(UpstreamUnreachable.class)
			.hasMessageEndingWith("more than 16 interim answers");
	}

	/** It ended before the request came to it: nothing of an answer is lost. */
	@Test
	void isNoMatterOfAConnectionThatEndsWithoutAByte() throws IOException {
		AtomicInteger asked = new AtomicInteger();
		try (RawUpstream upstream = tearing("", asked);
				NettyTransport transport = upstream.transport(Settings.pool(1, 4, PATIENCE))) {
			for (int i = 0; i < 2; i++) {
				assertThat(transport.send(upstream.get("/")).flatMap((answer) -> answer.bytes(9)).block(PATIENCE))
					.asString()
					.isEqualTo("right");
			}
			assertThat(asked).hasValue(3);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			HTTP/1.1 20                       | the connection ended within the answer's head
			HTTP/1.1 101 S\\r\\nUpgrade: x\\r\\n\\r\\n | the upstream switches protocols unasked
			nonsense\\r\\n\\r\\n                  | the answer isn't HTTP
			""")
	void isToldAsItIsAndNotAsAServerThatMaySpeakTls(String torn, String told) throws IOException {
		String sent = torn.replace("\\r", "\r").replace("\\n", "\n");
		try (RawUpstream upstream = new RawUpstream((self, socket) -> answer(socket, sent));
				NettyTransport transport = upstream.transport(TransportSettings.defaults())) {
			assertThatExceptionOfType(RegistryException.class)
				.isThrownBy(() -> transport.send(upstream.get("/")).block(PATIENCE))
				.withMessage(upstream.origin() + ": " + told);
		}
	}

	@ParameterizedTest
	@CsvSource({ "X: ,33792,1", "a:,0,201", "a:,0,8100" })
	void headersThatAreTooLargeOrTooManyAreAnInvalidAnswer(String name, int size, int lines) throws IOException {
		String headers = (name + "x".repeat(size) + "\r\n").repeat(lines);
		try (RawUpstream upstream = new RawUpstream(
				(self, socket) -> answer(socket, "HTTP/1.1 200 OK\r\n" + headers + "\r\n"));
				NettyTransport transport = upstream.transport(TransportSettings.defaults())) {
			assertThatExceptionOfType(InvalidAnswer.class)
				.isThrownBy(() -> transport.send(upstream.get("/")).block(PATIENCE))
				.withMessage(
						upstream.origin() + ": the answer's headers are larger than 32768 bytes, or more than 200");
		}
	}

	private static RegistryException failureOfSecondRequest(String torn, HttpMethod method) throws IOException {
		AtomicInteger asked = new AtomicInteger();
		try (RawUpstream upstream = tearing(torn, asked);
				NettyTransport transport = upstream.transport(Settings.pool(1, 4, PATIENCE))) {
			transport.send(upstream.get("/")).flatMap((answer) -> answer.bytes(9)).block(PATIENCE);
			OutboundRequest second = LoopbackUpstream.request(method, upstream.get("/").url());
			RegistryException failure = catchThrowableOfType(RegistryException.class,
					() -> transport.send(second).block(PATIENCE));
			assertThat(asked).as(torn).hasValue(2);
			return failure;
		}
	}

	/** Each connection has one good answer, and a torn one after it. */
	private static RawUpstream tearing(String torn, AtomicInteger asked) throws IOException {
		return new RawUpstream((self, socket) -> {
			for (String answer : new String[] { GOOD, torn }) {
				if (RawUpstream.readHead(socket).isEmpty()) {
					return;
				}
				asked.incrementAndGet();
				RawUpstream.write(socket, answer);
			}
		});
	}

	private static void answer(Socket socket, String text) throws IOException {
		RawUpstream.readHead(socket);
		RawUpstream.write(socket, text);
	}

}
