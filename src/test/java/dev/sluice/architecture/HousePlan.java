package dev.sluice.architecture;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/**
 * The table of rooms in {@code docs/ARCHITECTURE.md}: which room may use which. No room
 * may use the root, the wiring or the settings, but for the parts of the settings among
 * themselves, and the wiring, which knows all.
 */
final class HousePlan {

	static final String ROOT = "dev.sluice";

	static final JavaClasses MAIN_CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages(ROOT);

	private static final Set<String> DIAGNOSED = Set.of("route", "pull", "upstream", "token", "credential", "store",
			"transport", "oci", "json");

	/** A room, and the rooms it may use. Of nested packages the innermost one counts. */
	static final Map<String, Set<String>> ARROWS = arrows();

	private HousePlan() {
	}

	/**
	 * The innermost room that a class lives in, {@code ""} for the root.
	 * @param type a class of Sluice
	 * @return the room's path below the root, with dots
	 */
	static String roomOf(JavaClass type) {
		String path = type.getPackageName().substring(ROOT.length()).replaceFirst("^\\.", "");
		while (!path.isEmpty() && !ARROWS.containsKey(path) && path.contains(".")) {
			path = path.substring(0, path.lastIndexOf('.'));
		}
		return path;
	}

	/**
	 * The package pattern of a room and all below it.
	 * @param room the room's path
	 * @return a pattern as ArchUnit reads it
	 */
	static String packagesOf(String room) {
		return ROOT + "." + room + "..";
	}

	private static Map<String, Set<String>> arrows() {
		Map<String, Set<String>> arrows = new LinkedHashMap<>();
		arrows.put("oci", Set.of());
		arrows.put("json", Set.of());
		arrows.put("transport", Set.of("oci"));
		arrows.put("credential", Set.of("oci", "json"));
		arrows.put("credential.cloud", Set.of("credential", "transport", "oci", "json"));
		arrows.put("token", Set.of("credential", "transport", "oci", "json"));
		arrows.put("upstream", Set.of("token", "credential", "transport", "oci", "json"));
		arrows.put("store", Set.of("oci"));
		arrows.put("route", Set.of("oci"));
		arrows.put("pull", Set.of("route", "store", "upstream", "oci", "json"));
		arrows.put("diagnose", DIAGNOSED);
		arrows.put("access", Set.of("route", "oci"));
		arrows.put("web", Set.of("pull", "access", "route", "oci"));
		arrows.put("console", Set.of("diagnose", "route", "pull", "observe", "oci"));
		arrows.put("cli", whatTheCommandLineShows());
		arrows.put("observe", new TreeSet<>(arrows.keySet()));
		Set<String> rooms = new TreeSet<>(arrows.keySet());
		arrows.put("settings", Set.of("upstream", "credential", "oci"));
		arrows.put("settings.file", Set.of("settings"));
		arrows.put("settings.check", Set.of("settings", "settings.file", "credential", "transport", "oci"));
		rooms.addAll(List.of("settings", "settings.file", "settings.check"));
		arrows.put("wiring", rooms);
		arrows.put("", Set.of("wiring", "cli"));
		return arrows;
	}

	/**
	 * The findings of {@code diagnose} with the values they consist of, the client
	 * snippets of {@code console}, and for {@code passwd} the password file of
	 * {@code access}.
	 */
	private static Set<String> whatTheCommandLineShows() {
		Set<String> shown = new TreeSet<>(DIAGNOSED);
		shown.addAll(List.of("diagnose", "console", "access"));
		return shown;
	}

}
