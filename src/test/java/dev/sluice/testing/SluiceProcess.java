package dev.sluice.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The real program in a process of its own, with a working directory and environment
 * variables of its own: what its user sees of a start.
 *
 * @param status its exit status, or {@link #SERVES} if it came to serve
 * @param lines all that it wrote
 */
public record SluiceProcess(int status, List<String> lines) {

	/** It served, and was ended then. */
	public static final int SERVES = -1;

	private static final long PATIENCE_SECONDS = 60;

	/**
	 * Starts it, and waits until it ends or serves.
	 * @param directory its working directory and its user's home
	 * @param variables its environment variables
	 * @param arguments its arguments
	 * @return what came of it
	 */
	public static SluiceProcess start(Path directory, Map<String, String> variables, String... arguments) {
		Path java = Path.of(System.getProperty("java.home"), "bin", "java");
		List<String> command = new ArrayList<>(List.of(java.toString(), "-XX:TieredStopAtLevel=1", "-Xmx128m", "-cp",
				System.getProperty("java.class.path"), "-Duser.home=" + directory, "dev.sluice.SluiceApplication",
				"--server.port=0", "--management.server.port=0"));
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
		builder.environment().clear();
		builder.environment().put("PATH", "/usr/bin:/bin");
		builder.environment().putAll(variables);
		try {
			return follow(builder.start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static SluiceProcess follow(Process process) throws IOException {
		List<String> lines = new ArrayList<>();
		try (BufferedReader output = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
			for (String line = output.readLine(); line != null; line = output.readLine()) {
				lines.add(line);
				if (line.contains("Credentials: ")) {
					return new SluiceProcess(SERVES, lines);
				}
			}
			if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
				throw new IllegalStateException("it says no more, and doesn't end");
			}
			return new SluiceProcess(process.exitValue(), lines);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
		finally {
			process.destroyForcibly();
		}
	}

	public String output() {
		return String.join("\n", this.lines);
	}

}
