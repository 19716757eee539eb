package dev.sluice.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.resolver.DefaultAddressResolverGroup;

/**
 * An upstream that does to its connections whatever a test says, one virtual thread a
 * connection.
 */
final class RawUpstream implements AutoCloseable {

	final AtomicInteger connections = new AtomicInteger();

	final AtomicLong written = new AtomicLong();

	/** Counts down when a client closes a connection. */
	final CountDownLatch closedByClient = new CountDownLatch(1);

	private final ServerSocket server;

	RawUpstream(Script script) throws IOException {
		this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		Thread.ofVirtual().start(() -> accept(script));
	}

	Origin origin() {
		return new Origin("http", "127.0.0.1", this.server.getLocalPort());
	}

	OutboundRequest get(String path) {
		return LoopbackUpstream.request(HttpMethod.GET, origin().resolve(path));
	}

	NettyTransport transport(TransportSettings settings) {
		return new NettyTransport(Set.of(origin()), settings,
				LoopbackUpstream.network(DefaultAddressResolverGroup.INSTANCE));
	}

	/**
	 * Reads a request's head.
	 * @return the head, or an empty string when the client has closed
	 */
	static String readHead(Socket socket) throws IOException {
		StringBuilder head = new StringBuilder();
		InputStream in = socket.getInputStream();
		while (!head.toString().endsWith("\r\n\r\n")) {
			int next = in.read();
			if (next < 0) {
				return "";
			}
			head.append((char) next);
		}
		return head.toString();
	}

	static void write(Socket socket, String text) throws IOException {
		socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
	}

	/** Writes zeros until all are written or the client closes. */
	void pour(Socket socket, long bytes) throws IOException {
		OutputStream out = socket.getOutputStream();
		byte[] block = new byte[16 * 1024];
		for (long left = bytes; left > 0; left -= block.length) {
			out.write(block, 0, (int) Math.min(left, block.length));
			this.written.addAndGet(Math.min(left, block.length));
		}
	}

	private void accept(Script script) {
		try {
			while (true) {
				Socket socket = this.server.accept();
				this.connections.incrementAndGet();
				Thread.ofVirtual().start(() -> serve(script, socket));
			}
		}
		catch (IOException ex) {
			// closed: the test is over
		}
	}

	private void serve(Script script, Socket socket) {
		try (socket) {
			script.serve(this, socket);
		}
		catch (IOException ex) {
			this.closedByClient.countDown();
		}
	}

	void awaitClose(Socket socket) throws IOException {
		while (socket.getInputStream().read() >= 0) {
			// whatever the client still says
		}
		this.closedByClient.countDown();
	}

	@Override
	public void close() throws IOException {
		this.server.close();
	}

	/** What to do with a connection. */
	interface Script {

		void serve(RawUpstream upstream, Socket socket) throws IOException;

	}

}
