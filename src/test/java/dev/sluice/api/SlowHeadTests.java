package dev.sluice.api;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.sluice.testing.LogCapture;
import dev.sluice.testing.RawAnswer;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestCertificates;
import dev.sluice.web.FrontDoor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client that sends its request's headers a line at a time, and never ends.
 */
@Timeout(60)
class SlowHeadTests {

	private static final FrontDoor DOOR = new FrontDoor(List.of(), List.of(), Duration.ofMillis(500));

	@TempDir
	private Path directory;

	@Test
	void isAnsweredAndLetGoOnBothPorts() throws Exception {
		try (RunningSluice sluice = RunningSluice.with(FrontDoor.class, DOOR);
				LogCapture log = LogCapture.asUsersSeeIt()) {
			for (int port : List.of(sluice.uri("").getPort(), sluice.managementUri("").getPort())) {
				try (Socket client = new Socket("127.0.0.1", port)) {
					assertCutOff(client);
				}
			}
			assertThat(log.awaitAccessLine("status=408")).contains("UnreadableRequest");
		}
	}

	@Test
	void isLetGoOverTlsToo() throws Exception {
		TestCertificates certificates = TestCertificates.in(this.directory);
		try (RunningSluice sluice = RunningSluice.with(FrontDoor.class, DOOR, "server.ssl.enabled=true",
				"server.ssl.certificate=" + certificates.serverCertificateFile(),
				"server.ssl.certificate-private-key=" + certificates.serverKeyFile());
				Socket client = certificates.trusting()
					.getSocketFactory()
					.createSocket("127.0.0.1", sluice.uri("").getPort())) {
			assertCutOff(client);
		}
	}

	/** A header line every few milliseconds, until there is an answer. */
	private static void assertCutOff(Socket client) throws IOException {
		client.getOutputStream().write("GET /v2/ HTTP/1.1\r\nHost: localhost\r\n".getBytes(StandardCharsets.US_ASCII));
		client.setSoTimeout(50);
		int first = -1;
		while (first < 0) {
			client.getOutputStream().write("X: x\r\n".getBytes(StandardCharsets.US_ASCII));
			first = firstByte(client);
		}
		client.setSoTimeout(30_000);
		RawAnswer rest = RawAnswer.read(client);
		assertThat((char) first + rest.head()).startsWith("HTTP/1.1 408 ");
		assertThat(rest.values("Connection")).containsExactly("close");
		assertThat(rest.body()).contains("in time");
	}

	private static int firstByte(Socket client) throws IOException {
		try {
			return client.getInputStream().read();
		}
		catch (SocketTimeoutException ex) {
			return -1;
		}
	}

}
