package dev.sluice.testing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * An egress proxy (HTTP CONNECT) that takes every name for this machine, and remembers
 * the heads of the requests it got. Thread-safe.
 */
public final class TunnelProxy implements AutoCloseable {

	private final ServerSocket server;

	private final Queue<String> heads = new ConcurrentLinkedQueue<>();

	private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

	private TunnelProxy(ServerSocket server) {
		this.server = server;
	}

	/** Starts one. */
	public static TunnelProxy start() {
		try {
			TunnelProxy proxy = new TunnelProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
			Thread.ofVirtual().start(proxy::accept);
			return proxy;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** {@code host:port}. */
	public String authority() {
		return "127.0.0.1:" + this.server.getLocalPort();
	}

	/** Request line and headers of each tunnel asked for. */
	public List<String> heads() {
		return List.copyOf(this.heads);
	}

	private void accept() {
		try {
			while (true) {
				Socket client = this.server.accept();
				this.sockets.add(client);
				Thread.ofVirtual().start(() -> tunnel(client));
			}
		}
		catch (IOException ex) {
			close();
		}
	}

	private void tunnel(Socket client) {
		try (client) {
			String head = head(new BufferedInputStream(client.getInputStream(), 1));
			this.heads.add(head);
			int port = Integer.parseInt(head.substring(head.indexOf(':') + 1).split(" ", 2)[0]);
			try (Socket upstream = new Socket("127.0.0.1", port)) {
				this.sockets.add(upstream);
				client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
				Thread back = Thread.ofVirtual().start(() -> pump(upstream, client));
				pump(client, upstream);
				back.join();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static String head(InputStream in) throws IOException {
		StringBuilder head = new StringBuilder();
		while (head.indexOf("\r\n\r\n") < 0) {
			int next = in.read();
			if (next < 0) {
				throw new IOException("no request");
			}
			head.append((char) next);
		}
		return head.toString();
	}

	/** Ends both ways when either side has gone. */
	private static void pump(Socket from, Socket to) {
		try (from; to; OutputStream out = to.getOutputStream()) {
			from.getInputStream().transferTo(out);
		}
		catch (IOException ex) {
			// a tunnel ends when one of its ends has gone
		}
	}

	@Override
	public void close() {
		try {
			this.server.close();
			for (Socket socket : this.sockets) {
				socket.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
