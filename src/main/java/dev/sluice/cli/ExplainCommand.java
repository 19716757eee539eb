package dev.sluice.cli;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;

import dev.sluice.cli.SluiceCommand.Call;
import dev.sluice.diagnose.Explanation;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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

	@Spec
	private @Nullable CommandSpec spec;

	@Parameters(paramLabel = "IMAGE", arity = "1..*",
			description = "The image, such as ghcr.io/acme/app:1; a client's command or a URL will do.")
	private List<String> words = List.of();

	ExplainCommand(Call call) {
		this.call = call;
	}

	@Override
	public Integer call() {
		requireOptionsOfOthersOnly();
		String pasted = String.join(" ", this.words);
		return this.call.print((diagnostics) -> diagnostics.diagnosis().explainer().explain(pasted), this.json,
				ExplanationText::of, Explanation::isGood);
	}

	/**
	 * An option of its own that is misspelt is an error; those of a pasted command
	 * aren't.
	 */
	private void requireOptionsOfOthersOnly() {
		boolean pasted = this.words.stream().filter((word) -> !word.startsWith("-")).count() > 1;
		if (!pasted || this.words.getFirst().startsWith("-")) {
			this.words.stream().filter((word) -> word.startsWith("-")).findFirst().ifPresent((option) -> {
				throw new ParameterException(Objects.requireNonNull(this.spec).commandLine(),
						"Unknown option: '" + named(option) + "'");
			});
		}
	}

	/** Without its value, which may be a secret. */
	private static String named(String option) {
		int value = option.indexOf('=');
		return (value < 0) ? option : option.substring(0, value);
	}

}
