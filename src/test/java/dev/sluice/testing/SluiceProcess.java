package dev.sluice.testing;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The real program in a process of its own, with a working directory and environment
 * variables of its own: what its user sees of a start.
 *
 * @param served whether it came to serve; it was ended then
 * @param status its exit status
 * @param lines all that it wrote
 */
public record SluiceProcess(boolean served, int status, List<String> lines) {

	private static final long PATIENCE_SECONDS = 90;

	/**
	 * Starts it, and waits until it ends or serves.
	 * @param directory its working directory and its user's home
	 * @param variables its environment variables
	 * @param arguments its arguments
	 * @return what came of it
	 */
	public static SluiceProcess start(Path directory, Map<String, String> variables, String... arguments) {
		Path java = Path.of(System.getProperty("java.home"), "bin", "java");
		List<String> command = new ArrayList<>(List.of(java.toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
				"-Xmx128m", "--enable-native-access=ALL-UNNAMED", "-cp", classPath(), "-Duser.home=" + directory,
				"dev.sluice.SluiceApplication", "--spring.reactor.netty.shutdown-quiet-period=100ms",
				"--sluice.store.enabled=false"));
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
		builder.environment().clear();
		builder.environment().putAll(variables);
		try {
			return follow(builder.start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Without what is for tests alone, such as how they log. */
	private static String classPath() {
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !entry.replaceFirst("/$", "").endsWith("test-classes"))
			.collect(Collectors.joining(File.pathSeparator));
	}

	private static SluiceProcess follow(Process process) throws IOException {
		process.onExit()
			.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
			.whenComplete((_, _) -> process.destroyForcibly());
		List<String> lines = new ArrayList<>();
		boolean served = false;
		try (BufferedReader output = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
			for (String line = output.readLine(); line != null; line = output.readLine()) {
				lines.add(line);
				if (line.contains("Credentials: ")) {
					served = true;
					process.toHandle().destroy();
				}
			}
		}
		return new SluiceProcess(served, process.onExit().join().exitValue(), lines);
	}

	/** All that it wrote. */
	public String output() {
		return String.join("\n", this.lines);
	}

}
