package dev.sluice.cli;

import java.util.List;
import java.util.concurrent.Callable;

import dev.sluice.cli.SluiceCommand.Call;
import dev.sluice.diagnose.Checkup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Looks at all upstreams, and at images.
 */
@Command(name = "doctor", header = "Looks at all upstreams, and at images: what fails, and why?",
		description = { "", "Is each upstream reachable, is its certificate good, does it accept the",
				"credential that Sluice has for it? Can the images be pulled?", "Exit status 1 if anything fails." },
		footer = { "", "An image is asked for as far as its first layer's first byte, which counts as a",
				"pull where a registry counts." })
final class DoctorCommand implements Callable<Integer> {

	private final Call call;

	@Option(names = "--json", description = "Prints JSON instead of a table.")
	private boolean json;

	@Parameters(paramLabel = "IMAGE", arity = "0..*", description = "Images, such as ghcr.io/acme/app:1.")
	private List<String> images = List.of();

	DoctorCommand(Call call) {
		this.call = call;
	}

	@Override
	public Integer call() {
		return this.call.print(
				(diagnostics) -> diagnostics.diagnosis().doctor().examine(diagnostics.upstreams(), this.images),
				this.json, CheckupText::of, Checkup::isGood);
	}

}
