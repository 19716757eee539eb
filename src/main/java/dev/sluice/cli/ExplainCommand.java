package dev.sluice.cli;

import java.util.concurrent.Callable;

import dev.sluice.cli.SluiceCommand.Call;
import dev.sluice.diagnose.Explanation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Explains the pull of one image.
 */
@Command(name = "explain", header = "Shows each step of the pull of one image, and why.",
		description = { "", "Which registry is meant, as whom it is asked, what it answers.",
				"Exit status 1 if the image can't be pulled." },
		footer = { "", "It is asked for as far as its first layer's first byte, which counts as a pull",
				"where a registry counts. A running Sluice explains on its management port:",
				"curl 'http://127.0.0.1:5051/actuator/explain?image=IMAGE'" })
final class ExplainCommand implements Callable<Integer> {

	private final Call call;

	@Option(names = "--json", description = "Prints JSON instead of text.")
	private boolean json;

	@Parameters(paramLabel = "IMAGE", description = "The image, such as ghcr.io/acme/app:1.")
	private String image = "";

	ExplainCommand(Call call) {
		this.call = call;
	}

	@Override
	public Integer call() {
		return this.call.print((diagnostics) -> diagnostics.diagnosis().explainer().explain(this.image), this.json,
				ExplanationText::of, Explanation::isGood);
	}

}
