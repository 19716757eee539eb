package dev.sluice;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Which files the settings were read from, for the start to say. Immutable.
 *
 * @param files the files, or where one was looked for
 * @param warnings what is odd about them, one sentence each
 */
record SettingsReport(String files, List<String> warnings) {

	/**
	 * Makes the report.
	 * @param environment the environment
	 * @return the report
	 */
	static SettingsReport of(ConfigurableEnvironment environment) {
		Map<Path, List<FileSettings>> files = FileSettings.byFile(environment.getPropertySources());
		String names = files.isEmpty()
				? "no file; there is neither sluice.yml nor sluice.yaml in " + Path.of("").toAbsolutePath()
				: files.keySet().stream().map(Path::toString).collect(Collectors.joining(", "));
		List<String> warnings = files.entrySet()
			.stream()
			.filter((file) -> file.getValue().getFirst().isMain() && !SettingsFileRules.isOurs(file.getValue()))
			.map((file) -> FileSettings.mainName(file.getKey()) + " sets nothing of Sluice's: it has no 'sluice:', or"
					+ " nothing beneath it")
			.toList();
		return new SettingsReport(names, warnings);
	}

}
