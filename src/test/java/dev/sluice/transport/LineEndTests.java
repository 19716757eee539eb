package dev.sluice.transport;

import java.io.IOException;
import java.time.Duration;

import dev.sluice.oci.RegistryException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Answers whose lines end with LF alone (RFC 9112, 2.2), as scripts and small servers
 * write them.
 */
class LineEndTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 200 OK\nContent-Length: 5\n\nright",
			"HTTP/1.1 200 OK\r\nContent-Length: 5\n\r\nright", "HTTP/1.1 200 OK\nContent-Length: 5\r\n\nright",
			"HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n5\r\nright\r\n0\r\n\r\n",
			"HTTP/1.1 103 Early Hints\nLink: </a>\n\nHTTP/1.1 200 OK\nContent-Length: 5\n\nright" })
	void areReadAsOthersAre(String text) throws IOException {
		try (RawUpstream upstream = answering(text);
				NettyTransport transport = upstream.transport(Settings.pool(1, 4, PATIENCE))) {
			for (int i = 0; i < 2; i++) {
				assertThat(transport.send(upstream.get("/")).flatMap((answer) -> answer.bytes(99)).block(PATIENCE))
					.asString()
					.isEqualTo("right");
			}
			assertThat(upstream.connections).hasValue(1);
		}
	}

	/**
	 * Go's clients refuse these as well: where such a body ends depends on who reads it.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "5\nright\r\n0\r\n\r\n", "5;a=b\nright\r\n0\r\n\r\n" })
	void ofChunksAreRefused(String body) throws IOException {
		try (RawUpstream upstream = answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + body);
				NettyTransport transport = upstream.transport(Settings.pool(1, 4, PATIENCE))) {
			assertThatExceptionOfType(RegistryException.class).isThrownBy(
					() -> transport.send(upstream.get("/")).flatMap((answer) -> answer.bytes(99)).block(PATIENCE));
		}
	}

	private static RawUpstream answering(String text) throws IOException {
		return new RawUpstream((self, socket) -> {
			for (String head = RawUpstream.readHead(socket); !head.isEmpty(); head = RawUpstream.readHead(socket)) {
				RawUpstream.write(socket, text);
			}
		});
	}

}
