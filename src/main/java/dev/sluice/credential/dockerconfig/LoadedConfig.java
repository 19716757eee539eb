package dev.sluice.credential.dockerconfig;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.sluice.credential.SourceState;
import org.jspecify.annotations.Nullable;

/**
 * What is in force now, and what is wrong with the file it came from. Immutable.
 *
 * @param file the file
 * @param config the last good content
 * @param fileProblem why the file can't be used now, or null if it can
 */
record LoadedConfig(Path file, DockerConfig config, @Nullable String fileProblem) {

	SourceState state(LoginLookup lookup) {
		List<String> problems = Stream
			.concat(Stream.ofNullable(this.fileProblem), lookup.problems(this.config).stream())
			.toList();
		return new SourceState(source(), this.config.registryNames().size(), problems);
	}

	/**
	 * The same content, from a file that can't be used any more.
	 * @param path the file
	 * @param cause why, as the rest of a sentence that begins with the file's name
	 * @return what is in force then
	 */
	LoadedConfig unusable(Path path, String cause) {
		String consequence = this.config.equals(DockerConfig.NONE) ? "it gives no credentials"
				: "what was last read from it stays in force";
		return new LoadedConfig(path, this.config, "docker config " + path + " " + cause + "; " + consequence);
	}

	String source() {
		return "docker config " + this.file;
	}

}
