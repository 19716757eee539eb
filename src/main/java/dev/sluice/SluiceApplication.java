package dev.sluice;

import java.io.PrintStream;
import java.util.Optional;

import dev.sluice.cli.Arguments;
import dev.sluice.cli.SluiceCommand;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Starts Sluice: to serve, or for one of its other commands.
 */
@SpringBootApplication
public class SluiceApplication {

	public static void main(String[] args) {
		Arguments arguments = Arguments.of(args);
		if (arguments.isServing()) {
			SpringApplication.run(SluiceApplication.class, arguments.settings().toArray(String[]::new));
		}
		else {
			System.exit(run(arguments));
		}
	}

	/** Results go to the standard output, all that is logged to the standard error. */
	private static int run(Arguments arguments) {
		PrintStream results = System.out;
		System.setOut(System.err);
		return new SluiceCommand(StartedDiagnostics::start, version()).run(arguments, results);
	}

	static String version() {
		return Optional.ofNullable(SluiceApplication.class.getPackage().getImplementationVersion())
			.orElse("development");
	}

}
