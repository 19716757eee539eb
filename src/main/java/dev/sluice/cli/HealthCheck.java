package dev.sluice.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Asks a running Sluice whether it serves, for a container's health check: a program of
 * its own, because it runs every few seconds and the command line takes ten times as long
 * to come up.
 */
public final class HealthCheck {

	private static final String PORT_VARIABLE = "MANAGEMENT_SERVER_PORT";

	private static final String DEFAULT_PORT = "5051";

	/** The health check's own time-out is close behind. */
	private static final Duration SOON = Duration.ofSeconds(5);

	/** What is pulled may be fetched first. */
	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private HealthCheck() {
	}

	/**
	 * Exits with 0 where all paths are answered by 200, and with 1 at the first that
	 * isn't.
	 * @param args host, port and paths; without them, the readiness at this machine's
	 * management port
	 */
	public static void main(String[] args) {
		System.exit(run(List.of(args), System.getenv(), System.out) ? 0 : 1);
	}

	static boolean run(List<String> args, Map<String, String> environment, PrintStream out) {
		if (args.isEmpty()) {
			String port = environment.getOrDefault(PORT_VARIABLE, DEFAULT_PORT);
			return isOk("127.0.0.1", port, "/actuator/health/readiness", SOON, out);
		}
		if (args.size() < 3) {
			out.println("expected: <host> <port> <path> …");
			return false;
		}
		return args.stream().skip(2).allMatch((path) -> isOk(args.get(0), args.get(1), path, PATIENCE, out));
	}

	private static boolean isOk(String host, String port, String path, Duration patience, PrintStream out) {
		try {
			int status = status(url(host, port, path), patience);
			out.println(path + ": " + status);
			return status == HttpURLConnection.HTTP_OK;
		}
		catch (IOException | RuntimeException ex) {
			out.println(path + ": " + ex.getMessage());
			return false;
		}
	}

	private static URI url(String host, String port, String path) {
		String literal = host.contains(":") ? "[" + host + "]" : host;
		return URI.create("http://" + literal + ":" + port + path);
	}

	/** A manifest's type is left to Sluice, as Java's own {@code Accept} wouldn't. */
	private static int status(URI url, Duration patience) throws IOException {
		HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection(Proxy.NO_PROXY);
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

}
