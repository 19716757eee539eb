package dev.sluice.settings.check;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import dev.sluice.settings.InvalidSettingException;

/**
 * Files with certificates and keys for Spring Boot's servers: where one can't be read, it
 * would name the file alone, and not the setting that has it.
 */
final class TlsFileRule {

	private static final Pattern GROUP = Pattern.compile("serverssl.*|managementserverssl.*|springsslbundle.*");

	private static final List<String> ENDINGS = List.of("certificate", "privatekey", "keystore", "truststore",
			"location");

	/** A whole text in PEM, or a location that is no file's. */
	private static final Pattern NO_FILE = Pattern.compile("(?s)-----BEGIN.*|(?!file:)[A-Za-z0-9]{2,20}:.*");

	private static final Pattern SCHEME = Pattern.compile("^file:(?://(?=/))?");

	private static final Pattern PATH = Pattern
		.compile("(?:file:)?[./~][^\\n]{0,200}|[A-Za-z0-9_-]{1,200}+\\.[A-Za-z0-9]{1,5}");

	private TlsFileRule() {
	}

	/**
	 * Looks at the files.
	 * @param settings Spring Boot's own, as they were given
	 * @throws InvalidSettingException naming the first setting whose file can't be read
	 */
	static void check(List<SpringSetting> settings) {
		settings.stream()
			.filter((setting) -> GROUP.matcher(setting.letters()).matches())
			.filter((setting) -> ENDINGS.stream().anyMatch(setting.letters()::endsWith))
			.filter((setting) -> !setting.value().isBlank() && !NO_FILE.matcher(setting.value().strip()).matches())
			.filter((setting) -> !isReadable(setting.value().strip()))
			.findFirst()
			.ifPresent((setting) -> {
				throw new InvalidSettingException(setting.written(), shown(setting.value().strip()),
						"expected a file that can be read");
			});
	}

	private static boolean isReadable(String text) {
		try {
			Path path = Path.of(SCHEME.matcher(text).replaceFirst(""));
			return Files.isReadable(path) && !Files.isDirectory(path);
		}
		catch (InvalidPathException ex) {
			return false;
		}
	}

	/** What is no path may be a key that lost its first line. */
	static String shown(String text) {
		return PATH.matcher(text).matches() ? text : "…";
	}

}
