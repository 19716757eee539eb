package dev.sluice.cli;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What stands on the command line: settings ({@code --sluice.default-upstream=ghcr.io}),
 * and a command with its own arguments, in any order. Immutable.
 *
 * @param settings the settings
 * @param command the rest; empty means to serve
 */
public record Arguments(List<String> settings, List<String> command) {

	private static final Pattern SETTING = Pattern.compile("--[^=\\s]*\\.[^=\\s]*=.*", Pattern.DOTALL);

	private static final Set<String> FLAGS = Set.of("--debug", "--trace");

	/**
	 * Sorts the arguments.
	 * @param args the arguments as given
	 * @return the same in two lists
	 */
	public static Arguments of(String... args) {
		return new Arguments(Stream.of(args).filter(Arguments::isSetting).toList(),
				Stream.of(args).filter((argument) -> !isSetting(argument)).toList());
	}

	/**
	 * Whether Sluice is to serve.
	 * @return whether there is no other command
	 */
	public boolean isServing() {
		return this.command.isEmpty() || this.command.equals(List.of("serve"));
	}

	private static boolean isSetting(String argument) {
		return SETTING.matcher(argument).matches() || FLAGS.contains(argument);
	}

}
