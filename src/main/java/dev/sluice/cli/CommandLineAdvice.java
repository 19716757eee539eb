package dev.sluice.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What to write in the place of a setting that isn't written as one. Shows no value, for
 * it may be a secret.
 */
final class CommandLineAdvice {

	private static final Pattern SETTING = Pattern.compile(
			"(?<dashes>-{0,2})(?<name>(?:sluice|server|management|logging|spring)\\.[^=\\s]{1,200})(?<value>=.*)?",
			Pattern.DOTALL);

	private static final Pattern PROPERTY = Pattern.compile("-D(?<name>[^=\\s]{1,200})(?:=.*)?", Pattern.DOTALL);

	private static final Pattern FILE = Pattern.compile("(?i)[^-=\\s][^=\\s]{0,500}\\.(?:ya?ml|properties)");

	private static final Pattern SHORT = Pattern.compile("--?(?<name>[a-z][a-z-]{0,50})(?:=.*)?", Pattern.DOTALL);

	private static final Map<String, String> USUAL = Map.of("port", "server.port", "p", "server.port", "address",
			"server.address", "host", "server.address", "listen", "server.address", "default-upstream",
			"sluice.default-upstream", "docker-config", "sluice.credentials.docker-config");

	private static final List<String> CONFIGURATIONS = List.of("config", "c", "config-file", "f", "file");

	private CommandLineAdvice() {
	}

	/**
	 * Looks at what no command knows.
	 * @param unknown the arguments, in order
	 * @return one line; empty where it isn't about a setting
	 */
	static Optional<String> on(List<String> unknown) {
		String first = unknown.getFirst();
		Matcher setting = SETTING.matcher(first);
		if (setting.matches()) {
			boolean apart = setting.group("value") == null;
			boolean valued = unknown.size() > 1 && !unknown.get(1).startsWith("-");
			return Optional.of(onSetting("--" + setting.group("name"), apart, valued));
		}
		Matcher property = PROPERTY.matcher(first);
		if (property.matches()) {
			return Optional
				.of("-D" + property.group("name") + " stands behind the program, where it does nothing: write --"
						+ property.group("name") + "=<value>");
		}
		if (FILE.matcher(first).matches()) {
			return Optional.of(onFile(first));
		}
		Matcher option = SHORT.matcher(first);
		return option.matches() ? onOption(option.group("name"), first) : Optional.empty();
	}

	private static String onSetting(String name, boolean apart, boolean valued) {
		if (!apart) {
			return name.substring(2) + " needs two dashes before it: write " + name + "=<value>";
		}
		return valued ? "A setting and its value are one word: write " + name + "=<value>"
				: name + " has no value: write " + name + "=true, or whatever it is to be";
	}

	private static String onFile(String file) {
		return "The file with the settings is named by --sluice.config=" + file + " or the variable SLUICE_CONFIG="
				+ file;
	}

	private static Optional<String> onOption(String name, String written) {
		String option = written.replaceFirst("=(?s:.*)", "");
		if (CONFIGURATIONS.contains(name)) {
			return Optional.of(onFile("<file>"));
		}
		String property = USUAL.get(name);
		if (property != null) {
			return Optional.of(option + " is no option: write --" + property + "=<value>");
		}
		return written.startsWith("--") && written.indexOf('=') > 0
				? Optional.of(option + " is no option: a setting is written with its whole name, such as"
						+ " --server.port=5050 or --sluice.default-upstream=ghcr.io")
				: Optional.empty();
	}

}
