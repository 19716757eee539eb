package dev.sluice.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.sluice.diagnose.Unforeseen;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import reactor.core.publisher.Mono;

/**
 * The command line. Exit status: 0 when all is well, 1 when something is wrong, 2 when
 * the command line itself is.
 */
@Command(name = "sluice", synopsisSubcommandLabel = "[COMMAND]",
		description = "An authenticating pull-through OCI registry proxy.",
		footer = { "", "Settings are given as --name=value, for example",
				"--sluice.credentials.docker-config=/path/to/config.json, with any command." })
public final class SluiceCommand {

	private final Function<List<String>, Optional<Diagnostics>> start;

	private final String version;

	/**
	 * Makes the command line.
	 * @param start starts a Sluice that serves nobody, from settings; empty if it can't,
	 * which it has told why
	 * @param version Sluice's version
	 */
	public SluiceCommand(Function<List<String>, Optional<Diagnostics>> start, String version) {
		this.start = start;
		this.version = version;
	}

	/**
	 * Runs a command other than {@code serve}. Its result goes to the standard output;
	 * from now on all that is logged goes to the standard error.
	 * @param arguments what stands on the command line
	 * @return the exit status
	 */
	public int run(Arguments arguments) {
		PrintStream results = System.out;
		System.setOut(System.err);
		return run(arguments, results);
	}

	/**
	 * Runs a command other than {@code serve}.
	 * @param arguments what stands on the command line
	 * @param out where its result goes; messages go to the standard error stream
	 * @return the exit status
	 */
	public int run(Arguments arguments, PrintStream out) {
		CommandLine commands = new CommandLine(this).setExpandAtFiles(false);
		PrintWriter results = new PrintWriter(out, true, StandardCharsets.UTF_8);
		Call call = new Call(arguments.settings(), this.start, results);
		commands.addSubcommand(new ServeCommand())
			.addSubcommand(new DoctorCommand(call))
			.addSubcommand(new CommandLine(new ExplainCommand(call)).setUnmatchedOptionsArePositionalParams(true));
		all(commands).map(CommandLine::getCommandSpec)
			.forEach((command) -> command.mixinStandardHelpOptions(true).version("Sluice " + this.version));
		IParameterExceptionHandler usual = commands.getParameterExceptionHandler();
		return commands.setOut(results)
			.setParameterExceptionHandler((failure, words) -> refuse(failure, words, usual))
			.setExecutionExceptionHandler((failure, command, _) -> tell(command, failure))
			.execute(arguments.command().toArray(String[]::new));
	}

	/** Of a setting that isn't written as one, what to write; else as picocli does. */
	private static int refuse(ParameterException failure, String[] words, IParameterExceptionHandler usual)
			throws Exception {
		Optional<String> advice = (failure instanceof UnmatchedArgumentException unknown)
				? CommandLineAdvice.on(unknown.getUnmatched()) : Optional.empty();
		if (advice.isEmpty()) {
			return usual.handleParseException(failure, words);
		}
		failure.getCommandLine().getErr().println(advice.get());
		return CommandLine.ExitCode.USAGE;
	}

	private static int tell(CommandLine command, Exception failure) {
		command.getErr().println(Unforeseen.words(failure));
		return 1;
	}

	private static Stream<CommandLine> all(CommandLine commands) {
		return Stream.concat(Stream.of(commands), commands.getSubcommands().values().stream());
	}

	/** What a command needs. */
	record Call(List<String> settings, Function<List<String>, Optional<Diagnostics>> start, PrintWriter out) {

		/**
		 * Has something found out and prints it.
		 * @param finding finds it out
		 * @param json whether it is printed for machines
		 * @param text puts it for people
		 * @param good whether all is well
		 * @return the exit status
		 */
		<T> int print(Function<Diagnostics, Mono<T>> finding, boolean json, Function<T, String> text,
				Predicate<T> good) {
			Optional<Diagnostics> started = this.start.apply(this.settings);
			if (started.isEmpty()) {
				return 1;
			}
			try (Diagnostics diagnostics = started.get()) {
				T found = finding.apply(diagnostics).blockOptional().orElseThrow();
				this.out.print(json ? Json.of(found) : text.apply(found));
				this.out.flush();
				return good.test(found) ? 0 : 1;
			}
		}

	}

	/** Listed for the help alone: serving needs no command line. */
	@Command(name = "serve", description = "Serves the registry API; this is what happens without a command.")
	static final class ServeCommand {

	}

}
