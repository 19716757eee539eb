package dev.sluice.testing;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * All bytes that a server sent over one connection until it ended it. Immutable.
 *
 * @param head status line and headers
 * @param bodyLength how many bytes came behind the head
 */
public record RawAnswer(String head, long bodyLength) {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	/**
	 * Sends a request line as it is and reads until the connection ends.
	 * @param server where to
	 * @param requestLine such as {@code GET /v2/ HTTP/1.1}
	 * @param headers further header lines
	 * @throws AssertionError if the server leaves the connection open
	 */
	public static RawAnswer of(URI server, String requestLine, String... headers) throws IOException {
		try (Socket socket = new Socket(server.getHost(), server.getPort())) {
			socket.setSoTimeout((int) PATIENCE.toMillis());
			String more = (headers.length == 0) ? "" : String.join("\r\n", headers) + "\r\n";
			socket.getOutputStream()
				.write((requestLine + "\r\nHost: " + server.getAuthority() + "\r\n" + more + "\r\n")
					.getBytes(StandardCharsets.ISO_8859_1));
			String all = new String(readUntilEnd(socket), StandardCharsets.ISO_8859_1);
			int end = all.indexOf("\r\n\r\n");
			return (end < 0) ? new RawAnswer(all, 0) : new RawAnswer(all.substring(0, end), all.length() - end - 4L);
		}
	}

	private static byte[] readUntilEnd(Socket socket) throws IOException {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		InputStream in = socket.getInputStream();
		byte[] buffer = new byte[64 * 1024];
		try {
			for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
				all.write(buffer, 0, count);
			}
		}
		catch (SocketTimeoutException ex) {
			throw new AssertionError("left open after " + all.size() + " bytes: "
					+ all.toString(StandardCharsets.ISO_8859_1).lines().limit(12).toList(), ex);
		}
		catch (SocketException ex) {
			// a reset is an end too
		}
		return all.toByteArray();
	}

}
