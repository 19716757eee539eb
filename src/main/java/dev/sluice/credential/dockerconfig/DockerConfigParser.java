package dev.sluice.credential.dockerconfig;

import java.util.function.Consumer;

import dev.sluice.json.JsonCursor;
import dev.sluice.json.JsonCursor.Tolerance;
import dev.sluice.json.NotJsonException;

/**
 * Parses a Docker {@code config.json}, a Podman {@code auth.json} or a legacy
 * {@code .dockercfg}. A trailing comma is accepted with a warning, since such files are
 * about; so is an empty file, which Docker takes for one that says nothing (Podman
 * doesn't, but what one program reads, all should). Anything else that is no JSON object
 * is an error. Linear in the file's length, which whoever reads it bounds. Thread-safe.
 */
final class DockerConfigParser {

	/**
	 * Parses a file.
	 * @param content the file's bytes
	 * @return what it holds
	 * @throws MalformedConfigException if nothing of it can be used
	 */
	DockerConfig parse(byte[] content) throws MalformedConfigException {
		String text = ConfigText.of(content);
		if (text.isBlank()) {
			return DockerConfig.NONE;
		}
		DockerConfigBuilder builder = new DockerConfigBuilder();
		return builder.build(sections(text, builder::warn));
	}

	/**
	 * Parses a file without looking into its sections' entries.
	 * @param text the file
	 * @param warnings told of what was accepted all the same
	 * @return the whole file, in today's layout
	 * @throws MalformedConfigException if nothing of it can be used
	 */
	static ConfigSections sections(String text, Consumer<String> warnings) throws MalformedConfigException {
		try {
			return JsonCursor.read(text, Tolerance.NONE, ConfigSections::read);
		}
		catch (NotJsonException strict) {
			ConfigSections sections = leniently(text);
			warnings.accept("has a trailing comma before " + strict.position() + "; accepted");
			return sections;
		}
	}

	private static ConfigSections leniently(String text) throws MalformedConfigException {
		try {
			return JsonCursor.read(text, Tolerance.TRAILING_COMMA, ConfigSections::read);
		}
		catch (NotJsonException ex) {
			throw new MalformedConfigException(String.valueOf(ex.getMessage()));
		}
	}

}
