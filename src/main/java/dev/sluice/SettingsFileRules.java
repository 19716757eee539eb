package dev.sluice;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What may stand at the top of a file of settings: a setting of Sluice's there, or
 * nothing but unknown words, is a file that sets nothing.
 */
final class SettingsFileRules {

	private static final Pattern TOP = Pattern.compile("[.\\[].*", Pattern.DOTALL);

	private static final String OURS = "sluice";

	private static final Set<String> SPRINGS = Set.of("spring", "server", "management", "logging", "debug", "trace",
			"info");

	private SettingsFileRules() {
	}

	/**
	 * Checks a file.
	 * @param file the file
	 * @param documents what stands in it
	 * @throws SettingsFileException saying what is amiss
	 */
	static void check(Path file, List<FileSettings> documents) {
		Set<String> tops = tops(documents);
		KnownSettings.names(KnownSettings.all()).stream().filter(tops::contains).findFirst().ifPresent((name) -> {
			throw new SettingsFileException(FileSettings.mainName(file) + ": '" + name
					+ "' stands at the top; it belongs beneath 'sluice:', indented by blanks");
		});
		boolean nothingKnown = !tops.isEmpty() && !tops.contains(OURS) && Collections.disjoint(tops, SPRINGS);
		if (nothingKnown && documents.getFirst().isMain()) {
			throw new SettingsFileException(
					FileSettings.mainName(file) + ": it has no 'sluice:', beneath which Sluice's settings stand");
		}
		if (documents.stream().anyMatch((document) -> document.containsProperty(SettingsFileResolver.PROPERTY))) {
			throw new SettingsFileException(FileSettings.mainName(file) + ": " + SettingsFileResolver.PROPERTY
					+ " says which file is read, so that it can't stand in one: set the variable SLUICE_CONFIG");
		}
	}

	/**
	 * Whether a file sets anything of Sluice's.
	 * @param documents what stands in it
	 * @return whether it does
	 */
	static boolean isOurs(List<FileSettings> documents) {
		return documents.stream()
			.flatMap((document) -> Arrays.stream(document.getPropertyNames()))
			.anyMatch((name) -> name.startsWith(OURS + "."));
	}

	private static Set<String> tops(List<FileSettings> documents) {
		return documents.stream()
			.flatMap((document) -> Arrays.stream(document.getPropertyNames()))
			.map((name) -> TOP.matcher(name).replaceFirst(""))
			.collect(Collectors.toCollection(TreeSet::new));
	}

}
