package dev.sluice.command;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import dev.sluice.SluiceApplication;
import dev.sluice.cli.Arguments;
import dev.sluice.cli.SluiceCommand;
import dev.sluice.wiring.StartedDiagnostics;

/**
 * A command of Sluice as it is run on the command line.
 *
 * @param status its exit status
 * @param output what it printed
 */
public record CommandRun(int status, String output) {

	/**
	 * Runs a command that reads no credential of this machine.
	 * @param arguments the command, its arguments, and {@code --name=value} settings
	 * @return what came of it
	 */
	public static CommandRun of(String... arguments) {
		List<String> all = new ArrayList<>(
				List.of("--spring.config.import=", "--sluice.credentials.docker-config=/no/config.json"));
		for (String argument : arguments) {
			all.removeIf((other) -> argument.contains("=") && other.startsWith(argument.replaceFirst("=.*", "=")));
			all.add(argument);
		}
		ByteArrayOutputStream output = new ByteArrayOutputStream();
		int status = new SluiceCommand((settings) -> StartedDiagnostics.start(SluiceApplication.class, settings),
				"test")
			.run(Arguments.of(all.toArray(String[]::new)), new PrintStream(output, true, StandardCharsets.UTF_8));
		return new CommandRun(status, output.toString(StandardCharsets.UTF_8));
	}

	/**
	 * A line of the output.
	 * @param start how it begins
	 * @return the first such line
	 */
	public String line(String start) {
		return this.output.lines()
			.filter((line) -> line.startsWith(start))
			.findFirst()
			.orElseThrow(() -> new AssertionError("no line begins with '" + start + "' in:\n" + this.output));
	}

}
