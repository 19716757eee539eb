import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/**
 * What fetching a blob into a file costs at least: reads it from its registry, hashes it,
 * writes it down and sends it on, one client after the other. No errors, no second reader.
 * usage: java Bare.java <port> <registry, http://host:port> <file>
 */
class Bare {

	private static final int BUFFER = 256 * 1024;

	public static void main(String[] arguments) throws Exception {
		try (ServerSocket server = new ServerSocket(Integer.parseInt(arguments[0]), 16, InetAddress.getLoopbackAddress())) {
			while (true) {
				try (Socket client = server.accept()) {
					serve(client, arguments[1], Path.of(arguments[2]));
				}
			}
		}
	}

	private static void serve(Socket client, String registry, Path file) throws Exception {
		byte[] buffer = new byte[BUFFER];
		int asked = client.getInputStream().read(buffer);
		if (asked <= 0) {
			return;
		}
		String path = new String(buffer, 0, asked).split(" ")[1];
		var upstream = URI.create(registry + path).toURL().openConnection();
		MessageDigest sum = MessageDigest.getInstance("SHA-256");
		try (InputStream in = upstream.getInputStream(); OutputStream written = Files.newOutputStream(file)) {
			OutputStream out = client.getOutputStream();
			out.write(("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + upstream.getContentLengthLong() + "\r\n\r\n")
				.getBytes());
			for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
				sum.update(buffer, 0, count);
				written.write(buffer, 0, count);
				out.write(buffer, 0, count);
			}
		}
		sum.digest();
	}

}
