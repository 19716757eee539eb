package dev.sluice;

import dev.sluice.cli.Arguments;
import dev.sluice.cli.SluiceCommand;
import dev.sluice.wiring.Release;
import dev.sluice.wiring.SluiceConfiguration;
import dev.sluice.wiring.StartedDiagnostics;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/**
 * Starts Sluice: to serve, or for one of its other commands. It scans for no components:
 * a scan would also find what belongs to the management's server alone.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(SluiceConfiguration.class)
public class SluiceApplication {

	public static void main(String[] args) {
		Arguments arguments = Arguments.of(args);
		if (arguments.isServing()) {
			SpringApplication.run(SluiceApplication.class, arguments.settings().toArray(String[]::new));
		}
		else {
			System.exit(new SluiceCommand((settings) -> StartedDiagnostics.start(SluiceApplication.class, settings),
					Release.version())
				.run(arguments));
		}
	}

}
