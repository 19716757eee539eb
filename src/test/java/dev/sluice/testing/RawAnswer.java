package dev.sluice.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * All bytes that a server sent over one connection until it ended it. Immutable.
 *
 * @param head status line and headers
 * @param body what came behind the head, a character for each byte
 */
public record RawAnswer(String head, String body) {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	/**
	 * Sends a request line as it is and reads until the connection ends.
	 * @param server where to
	 * @param requestLine such as {@code GET /v2/ HTTP/1.1}
	 * @param headers further header lines
	 * @throws AssertionError if the server leaves the connection open
	 */
	public static RawAnswer of(URI server, String requestLine, String... headers) throws IOException {
		String more = (headers.length == 0) ? "" : String.join("\r\n", headers) + "\r\n";
		return to(server, requestLine + "\r\nHost: " + server.getAuthority() + "\r\n" + more + "\r\n");
	}

	/**
	 * Sends bytes as they are and reads until the connection ends.
	 * @param server where to
	 * @param request what is sent, a byte for each character
	 * @throws AssertionError if the server leaves the connection open
	 */
	public static RawAnswer to(URI server, String request) throws IOException {
		try (Socket socket = new Socket(server.getHost(), server.getPort())) {
			socket.setSoTimeout((int) PATIENCE.toMillis());
			socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
			return read(socket);
		}
	}

	/**
	 * Reads until a connection ends.
	 * @param socket the client's end of it
	 * @throws AssertionError if the server leaves it open for longer than the socket's
	 * time-out
	 */
	public static RawAnswer read(Socket socket) throws IOException {
		String all = new String(readUntilEnd(socket), StandardCharsets.ISO_8859_1);
		int end = all.indexOf("\r\n\r\n");
		return (end < 0) ? new RawAnswer(all, "") : new RawAnswer(all.substring(0, end), all.substring(end + 4));
	}

	/** How many bytes came behind the head. */
	public long bodyLength() {
		return this.body.length();
	}

	/** The status. */
	public int status() {
		return Integer.parseInt(this.head.substring("HTTP/1.1 ".length(), "HTTP/1.1 ".length() + 3));
	}

	/** All values of a header, in order. */
	public List<String> values(String header) {
		return this.head.lines()
			.filter((line) -> line.regionMatches(true, 0, header + ":", 0, header.length() + 1))
			.map((line) -> line.substring(header.length() + 1).strip())
			.toList();
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
