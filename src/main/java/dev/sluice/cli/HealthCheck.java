package dev.sluice.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
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

	private static final int MILLIS = 5_000;

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
		List<String> asked = args.isEmpty() ? List.of("127.0.0.1",
				environment.getOrDefault(PORT_VARIABLE, DEFAULT_PORT), "/actuator/health/readiness") : args;
		if (asked.size() < 3) {
			out.println("expected: <host> <port> <path> …");
			return false;
		}
		return asked.stream().skip(2).allMatch((path) -> isOk(asked.get(0), asked.get(1), path, out));
	}

	private static boolean isOk(String host, String port, String path, PrintStream out) {
		try {
			int status = status(new URI("http", null, host, Integer.parseInt(port), path, null, null));
			out.println(path + ": " + status);
			return status == HttpURLConnection.HTTP_OK;
		}
		catch (IOException | URISyntaxException | RuntimeException ex) {
			out.println(path + ": " + ex.getMessage());
			return false;
		}
	}

	private static int status(URI url) throws IOException {
		HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection(Proxy.NO_PROXY);
		connection.setInstanceFollowRedirects(false);
		connection.setConnectTimeout(MILLIS);
		connection.setReadTimeout(MILLIS);
		try {
			return connection.getResponseCode();
		}
		finally {
			connection.disconnect();
		}
	}

}
