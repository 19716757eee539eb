package dev.sluice.transport;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import dev.sluice.oci.UpstreamException.UpstreamUnreachable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Answers 1xx, which come before the answer (RFC 9110, 15.2).
 */
class InterimAnswerTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final String EARLY_HINTS = "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n";

	@Test
	void waitsForTheAnswerBehindThemAndGivesNobodyAnothersAnswer() throws IOException {
		try (RawUpstream upstream = new RawUpstream((self, socket) -> {
			for (String head = RawUpstream.readHead(socket); !head.isEmpty(); head = RawUpstream.readHead(socket)) {
				answer(socket, EARLY_HINTS + EARLY_HINTS, head.split(" ")[1]);
			}
		}); NettyTransport transport = upstream.transport(Settings.pool(1, 4, PATIENCE))) {
			for (String path : new String[] { "/one", "/two", "/three" }) {
				assertThat(transport.send(upstream.get(path)).flatMap((answer) -> answer.bytes(99)).block(PATIENCE))
					.asString()
					.isEqualTo(path);
			}
			assertThat(upstream.connections).hasValue(1);
		}
	}

	/** The pause is what the upstream does; nothing is waited for by it. */
	@Test
	void waitsForTheAnswerThatComesLongAfterThem() throws IOException {
		try (RawUpstream upstream = new RawUpstream((self, socket) -> {
			for (String head = RawUpstream.readHead(socket); !head.isEmpty(); head = RawUpstream.readHead(socket)) {
				for (String interim : new String[] { EARLY_HINTS, "HTTP/1.1 100 Continue\r\n\r\n",
						"HTTP/1.1 102 Processing\r\n\r\n", EARLY_HINTS.substring(0, 9) }) {
					RawUpstream.write(socket, interim);
					LockSupport.parkNanos(Duration.ofMillis(40).toNanos());
				}
				answer(socket, EARLY_HINTS.substring(9), head.split(" ")[1]);
			}
		}); NettyTransport transport = upstream.transport(Settings.pool(1, 4, PATIENCE))) {
			for (String path : new String[] { "/one", "/two" }) {
				assertThat(transport.send(upstream.get(path)).flatMap((answer) -> answer.bytes(99)).block(PATIENCE))
					.asString()
					.isEqualTo(path);
			}
		}
	}

	@Test
	void givesUpOnAFloodOfThem() throws IOException {
		try (RawUpstream upstream = new RawUpstream((self, socket) -> {
			RawUpstream.readHead(socket);
			answer(socket, EARLY_HINTS.repeat(1000), "late");
		}); NettyTransport transport = upstream.transport(TransportSettings.defaults())) {
			assertThatExceptionOfType(UpstreamUnreachable.class)
				.isThrownBy(() -> transport.send(upstream.get("/")).block(PATIENCE))
				.withMessageContaining("more than 16 interim answers");
		}
	}

	@Test
	void takesNoSwitchOfProtocols() throws IOException {
		try (RawUpstream upstream = new RawUpstream((self, socket) -> {
			RawUpstream.readHead(socket);
			RawUpstream.write(socket, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n");
			self.awaitClose(socket);
		}); NettyTransport transport = upstream.transport(TransportSettings.defaults())) {
			assertThatExceptionOfType(UpstreamUnreachable.class)
				.isThrownBy(() -> transport.send(upstream.get("/")).block(PATIENCE))
				.withMessageContaining("switches protocols");
		}
	}

	private static void answer(Socket socket, String interim, String body) throws IOException {
		RawUpstream.write(socket, interim + "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
	}

}
