package dev.sluice.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import javax.net.ssl.HttpsURLConnection;

/**
 * Asks a running Sluice whether it serves, for a container's health check: a program of
 * its own, because it runs every few seconds and the command line takes ten times as long
 * to come up.
 */
public final class HealthCheck {

	private static final String PORT_VARIABLE = "MANAGEMENT_SERVER_PORT";

	private static final String ADDRESS_VARIABLE = "MANAGEMENT_SERVER_ADDRESS";

	private static final String DEFAULT_PORT = "5051";

	private static final String LOOPBACK = "127.0.0.1";

	/** Instead of a status, where what came isn't HTTP. */
	private static final int NO_HTTP = -1;

	/** The health check's own time-out is close behind. */
	private static final Duration SOON = Duration.ofSeconds(5);

	/** What is pulled may be fetched first. */
	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private HealthCheck() {
	}

	/**
	 * Exits with 0 where all paths are answered by 200, and with 1 at the first that
	 * isn't.
	 * @param args host, port and paths, asked over plain HTTP; without them, the
	 * readiness at this machine's management port, over TLS where that is what it speaks
	 */
	public static void main(String[] args) {
		System.exit(run(List.of(args), System.getenv(), System.out) ? 0 : 1);
	}

	static boolean run(List<String> args, Map<String, String> environment, PrintStream out) {
		if (args.isEmpty()) {
			String port = environment.getOrDefault(PORT_VARIABLE, DEFAULT_PORT);
			String host = host(environment.getOrDefault(ADDRESS_VARIABLE, ""));
			return isOk("/actuator/health/readiness", (path) -> ownStatus(host, port, path), out);
		}
		if (args.size() < 3) {
			out.println("expected: <host> <port> <path> …");
			return false;
		}
		return args.stream()
			.skip(2)
			.allMatch((path) -> isOk(path, (it) -> status(connection("http", args.get(0), args.get(1), it), PATIENCE),
					out));
	}

	/** Who listens on all addresses does so on loopback, whichever version is written. */
	private static String host(String address) {
		if (address.isBlank()) {
			return LOOPBACK;
		}
		try {
			InetAddress listening = InetAddress.getByName(address.strip());
			return listening.isAnyLocalAddress() ? LOOPBACK : listening.getHostAddress();
		}
		catch (UnknownHostException _) {
			return address.strip();
		}
	}

	private static boolean isOk(String path, Question question, PrintStream out) {
		try {
			int status = question.status(path);
			out.println(path + ": " + status);
			return status == HttpURLConnection.HTTP_OK;
		}
		catch (IOException | RuntimeException ex) {
			out.println(path + ": " + ex.getMessage());
			return false;
		}
	}

	/**
	 * That it speaks TLS may stand in a file, and to read that takes longer than to ask:
	 * a server that does breaks off what is no handshake.
	 */
	private static int ownStatus(String host, String port, String path) throws IOException {
		try {
			int status = status(connection("http", host, port, path), SOON);
			return (status != NO_HTTP) ? status : statusOverTls(host, port, path);
		}
		catch (ConnectException | SocketTimeoutException ex) {
			throw ex;
		}
		catch (IOException _) {
			return statusOverTls(host, port, path);
		}
	}

	private static int statusOverTls(String host, String port, String path) throws IOException {
		HttpsURLConnection connection = (HttpsURLConnection) connection("https", host, port, path);
		connection.setSSLSocketFactory(OwnServer.sockets());
		connection.setHostnameVerifier((_, _) -> true);
		return status(connection, SOON);
	}

	private static HttpURLConnection connection(String scheme, String host, String port, String path)
			throws IOException {
		String literal = host.contains(":") ? "[" + host + "]" : host;
		URI url = URI.create(scheme + "://" + literal + ":" + port + path);
		return (HttpURLConnection) url.toURL().openConnection(Proxy.NO_PROXY);
	}

	/** A manifest's type is left to Sluice, as Java's own {@code Accept} wouldn't. */
	private static int status(HttpURLConnection connection, Duration patience) throws IOException {
		connection.setRequestProperty("Accept", "*/*");
		connection.setInstanceFollowRedirects(false);
		connection.setConnectTimeout(Math.toIntExact(patience.toMillis()));
		connection.setReadTimeout(Math.toIntExact(patience.toMillis()));
		try {
			return connection.getResponseCode();
		}
		finally {
			connection.disconnect();
		}
	}

	/** What may fail as connections do. */
	private interface Question {

		int status(String path) throws IOException;

	}

}
