package dev.sluice.settings.check;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.sluice.settings.InvalidSettingException;
import dev.sluice.settings.file.FileSettings;

/**
 * The files that lie where Sluice's own is looked for, and would count before it or for
 * nothing. Immutable.
 *
 * @param files the files that were read
 * @param profiles the active profiles
 */
record FilesInSight(SettingsFiles files, List<String> profiles) {

	/**
	 * Where Spring Boot looks for {@code application.yml} unless it is told otherwise.
	 */
	private static final Pattern USUAL = Pattern.compile(".* via location 'optional:file:\\./(?:config/(?:\\*/)?)?'.*",
			Pattern.DOTALL);

	private static final Pattern ENDING = Pattern.compile("\\.[^.]*$");

	/**
	 * Refuses what Spring Boot finds by itself where there is a file of Sluice's own: it
	 * would count first.
	 * @param choice what Spring Boot was told of besides, and may count first
	 * @throws InvalidSettingException naming the file
	 */
	void requireNoOther(FileChoice choice) {
		Optional<FileSettings> main = all().filter(FileSettings::isMain).findFirst();
		all().filter((settings) -> main.isPresent() && isUsual(settings))
			.filter((settings) -> SettingsFiles.isOfUse(settings) && !choice.adds(settings.file()))
			.findFirst()
			.ifPresent((settings) -> {
				throw settings.file()
					.refused("it would count before " + main.orElseThrow().file().path()
							+ ": put its settings there, or name it by SPRING_CONFIG_ADDITIONAL_LOCATION");
			});
	}

	/**
	 * Names what might be taken for settings that are read.
	 * @param named whether {@code SLUICE_CONFIG} says which file is
	 * @return one line, or empty if there is nothing
	 */
	Optional<String> unread(boolean named) {
		Path here = Path.of("").toAbsolutePath();
		Optional<Path> main = all().filter(FileSettings::isMain).findFirst().map((settings) -> settings.file().path());
		Stream<Path> aside = named ? Stream.of()
				: Stream.of("sluice.properties", "config/sluice.yml", "config/sluice.yaml", "config/sluice.properties")
					.map(here::resolve);
		String unread = Stream.concat(aside, ofProfiles(main.orElse(here.resolve("sluice.yml"))))
			.filter((path) -> this.files.sought() && Files.isRegularFile(path) && !isRead(path))
			.map(Path::toString)
			.collect(Collectors.joining(", "));
		String read = main.map((path) -> "read is " + path)
			.orElse("read would be sluice.yml or sluice.yaml in " + here);
		return unread.isEmpty() ? Optional.empty() : Optional
			.of("Not read: " + unread + "; " + read + " (SPRING_CONFIG_ADDITIONAL_LOCATION names further files)");
	}

	private Stream<Path> ofProfiles(Path main) {
		String name = ENDING.matcher(String.valueOf(main.getFileName())).replaceFirst("");
		return this.profiles.stream()
			.flatMap((profile) -> Stream.of(".yml", ".yaml", ".properties").map((end) -> name + "-" + profile + end))
			.map(main::resolveSibling);
	}

	private boolean isRead(Path path) {
		return all().anyMatch((settings) -> settings.file().path().normalize().equals(path));
	}

	private static boolean isUsual(FileSettings settings) {
		return USUAL.matcher(settings.getName()).matches();
	}

	private Stream<FileSettings> all() {
		return this.files.documents().values().stream().flatMap(Collection::stream);
	}

}
