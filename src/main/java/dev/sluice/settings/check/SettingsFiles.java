package dev.sluice.settings.check;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.sluice.settings.InvalidSettingException;
import dev.sluice.settings.file.FileSettings;
import dev.sluice.settings.file.SettingsFile;
import dev.sluice.settings.file.SettingsFileResolver;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.core.env.PropertySources;

/**
 * The files that settings were read from: what may stand at their top, and what the start
 * says of them. Immutable.
 *
 * @param documents the documents of each file
 * @param sought whether {@code sluice.yml} was looked for, and no other file in its place
 */
public record SettingsFiles(Map<SettingsFile, List<FileSettings>> documents, boolean sought) {

	private static final Pattern BELOW = Pattern.compile("[.\\[].*", Pattern.DOTALL);

	private static final String OURS = "sluice";

	/** What stands in the program's own {@code application.yml}. */
	private static final String SEARCH = "optional:settings:";

	/** What says which files are read, and the variables to say it by. */
	private static final Map<String, String> CHOICES = Map.of(SettingsFileResolver.PROPERTY, "SLUICE_CONFIG",
			FileChoice.LOCATION, "SPRING_CONFIG_LOCATION", FileChoice.NAME, "SPRING_CONFIG_NAME", FileChoice.ADDITIONAL,
			"SPRING_CONFIG_ADDITIONAL_LOCATION");

	private static final Set<String> SPRINGS = Set.of("spring", "server", "management", "logging", "debug", "trace",
			"info");

	/**
	 * Finds them.
	 * @param sources all sources of properties
	 * @return the files, the one that counts first before others
	 */
	public static SettingsFiles in(PropertySources sources) {
		Map<SettingsFile, List<FileSettings>> documents = new LinkedHashMap<>();
		sources.stream()
			.filter(FileSettings.class::isInstance)
			.map(FileSettings.class::cast)
			.forEach((settings) -> documents.computeIfAbsent(settings.file(), (_) -> new ArrayList<>()).add(settings));
		boolean sought = sources.stream()
			.anyMatch((source) -> SEARCH.equals(source.getProperty("spring.config.import")));
		return new SettingsFiles(documents, sought);
	}

	/**
	 * Refuses a setting of Sluice's at the top of a file, a file that sets nothing that
	 * is known, and one that says which file is read.
	 * @throws InvalidSettingException saying what is amiss
	 */
	void check() {
		this.documents.forEach(this::check);
	}

	private void check(SettingsFile file, List<FileSettings> documents) {
		Set<String> tops = tops(documents);
		KnownSettings.names(KnownSettings.all()).stream().filter(tops::contains).findFirst().ifPresent((name) -> {
			throw file.refused("'" + name + "' stands at the top; it belongs beneath 'sluice:', indented by blanks");
		});
		boolean unknown = !tops.isEmpty() && !tops.contains(OURS) && Collections.disjoint(tops, SPRINGS);
		if (unknown && isMain(documents)) {
			throw file.refused("it has no 'sluice:', beneath which Sluice's settings stand");
		}
		CHOICES.forEach((property, variable) -> {
			if (documents.stream().anyMatch((document) -> has(document, ConfigurationPropertyName.of(property)))) {
				throw file.refused(property
						+ " says which file is read, so that it can't stand in one: set the variable " + variable);
			}
		});
	}

	private static boolean has(FileSettings document, ConfigurationPropertyName property) {
		ConfigurationPropertySource source = ConfigurationPropertySource.from(document);
		return source != null && (source.getConfigurationProperty(property) != null
				|| source.containsDescendantOf(property) == ConfigurationPropertyState.PRESENT);
	}

	/** What is read in the place of {@code sluice.yml} is held to the same. */
	private boolean isMain(List<FileSettings> documents) {
		return documents.getFirst().isMain() || (!this.sought && this.documents.size() == 1);
	}

	/** Whether a document sets anything that is known. */
	static boolean isOfUse(FileSettings document) {
		Set<String> tops = tops(List.of(document));
		return tops.contains(OURS) || !Collections.disjoint(tops, SPRINGS);
	}

	/**
	 * Which files they are.
	 * @return their paths, or where one was looked for
	 */
	public String paths() {
		if (this.documents.isEmpty()) {
			return this.sought
					? "no file; there is neither sluice.yml nor sluice.yaml in " + Path.of("").toAbsolutePath()
					: "no file; none is where " + FileChoice.LOCATION + " looks for one";
		}
		return this.documents.keySet().stream().map((file) -> file.path().toString()).collect(Collectors.joining(", "));
	}

	/**
	 * What is odd about them.
	 * @return a sentence for each
	 */
	public List<String> oddities() {
		return this.documents.entrySet()
			.stream()
			.filter((file) -> isMain(file.getValue()))
			.flatMap((file) -> oddities(file.getKey(), file.getValue()))
			.toList();
	}

	private static Stream<String> oddities(SettingsFile file, List<FileSettings> documents) {
		Set<String> unknown = tops(documents);
		unknown.removeAll(SPRINGS);
		unknown.remove(OURS);
		boolean ours = names(documents).anyMatch((name) -> name.startsWith(OURS + "."));
		return Stream
			.of(ours ? "" : file + " sets nothing of Sluice's: it has no 'sluice:', or nothing beneath it",
					unknown.isEmpty() ? ""
							: file + " has at its top what means nothing to Sluice: " + String.join(", ", unknown))
			.filter((sentence) -> !sentence.isEmpty());
	}

	private static Stream<String> names(List<FileSettings> documents) {
		return documents.stream().flatMap((document) -> Arrays.stream(document.getPropertyNames()));
	}

	private static Set<String> tops(List<FileSettings> documents) {
		return names(documents).map((name) -> BELOW.matcher(name).replaceFirst(""))
			.collect(Collectors.toCollection(TreeSet::new));
	}

}
