package dev.sluice.api;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import dev.sluice.testing.Gate;
import dev.sluice.testing.Matching;
import dev.sluice.testing.Misbehaviour;
import dev.sluice.testing.PrivateRegistry;
import dev.sluice.testing.TestImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A connection that a client keeps for one request after another.
 */
@Timeout(60)
class KeptAliveConnectionTests {

	/** Reactor Netty 1.3.7 stopped reading then, and the client hung. */
	@Test
	void answersTheNextRequestAfterOneThatCameBeforeTheLastResponse(@TempDir Path directory) throws Exception {
		try (PrivateRegistry upstream = PrivateRegistry.start(directory)) {
			upstream.registry().push("acme/app", "1", TestImage.multiArch());
			Gate gate = new Gate();
			upstream.registry().misbehave(Matching.manifests(), Misbehaviour.heldUntil(gate));
			URI uri = upstream.sluice().uri("/v2/");
			try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
				socket.setSoTimeout(20_000);
				send(socket, head("/v2/acme/app/manifests/1") + head("/v2/"));
				gate.open();
				assertThat(readHead(socket)).contains("200 OK", "Docker-Content-Digest");
				assertThat(readHead(socket)).contains("200 OK");
				send(socket, head("/v2/"));
				assertThat(readHead(socket)).contains("200 OK");
			}
		}
	}

	private static String head(String path) {
		return "HEAD " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
	}

	private static void send(Socket socket, String text) throws IOException {
		socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
	}

	private static String readHead(Socket socket) throws IOException {
		StringBuilder text = new StringBuilder();
		InputStream in = socket.getInputStream();
		while (!text.toString().endsWith("\r\n\r\n")) {
			int next = in.read();
			assertThat(next).as("the connection ended after: " + text).isNotNegative();
			text.append((char) next);
		}
		return text.toString();
	}

}
