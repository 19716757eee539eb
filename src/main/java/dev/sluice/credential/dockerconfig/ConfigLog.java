package dev.sluice.credential.dockerconfig;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

import dev.sluice.oci.RegistryName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once what a change of a Docker config brought. Registries and keys only, never a
 * secret. Thread-safe.
 */
final class ConfigLog {

	private static final Logger LOGGER = LoggerFactory.getLogger(DockerConfigSource.class);

	private static final int NAMES_SHOWN = 20;

	private static final int PROBLEMS_SHOWN = 20;

	private ConfigLog() {
	}

	/**
	 * The file was read, or is gone.
	 * @param file the file
	 * @param config what is in force now
	 * @param problems what is wrong with it
	 */
	static void loaded(Path file, DockerConfig config, List<String> problems) {
		List<String> names = config.registryNames().stream().map(RegistryName::toString).sorted().toList();
		String shown = names.stream().limit(NAMES_SHOWN).collect(Collectors.joining(", "));
		String more = (names.size() > NAMES_SHOWN) ? " and " + (names.size() - NAMES_SHOWN) + " more" : "";
		LOGGER.info("Docker config {}: registries named: {}{}", file, names.size(),
				names.isEmpty() ? "" : " (" + shown + more + ")");
		config.warnings().forEach((warning) -> LOGGER.warn("Docker config {} {}", file, warning));
		problems.stream()
			.limit(PROBLEMS_SHOWN)
			.forEach((problem) -> LOGGER.warn("Docker config {}: {}", file, problem));
		if (problems.size() > PROBLEMS_SHOWN) {
			LOGGER.warn("Docker config {}: {} more problems", file, problems.size() - PROBLEMS_SHOWN);
		}
	}

	/**
	 * The file can't be used.
	 * @param problem the sentence that says so
	 */
	static void unusable(String problem) {
		LOGGER.warn("{}", problem);
	}

	/**
	 * Looking at the file, or telling of a change, failed by a defect of ours.
	 * @param file the file
	 * @param defect what was thrown; its message may quote content, so only its type is
	 * logged
	 */
	static void failed(Path file, RuntimeException defect) {
		LOGGER.error("Docker config {}: reload failed by {}", file, defect.getClass().getName());
	}

}
