package dev.sluice.credential.dockerconfig;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Parses a Docker {@code config.json}, a Podman {@code auth.json} or a legacy
 * {@code .dockercfg}. A trailing comma is accepted with a warning, since such files are
 * about; anything else that is no JSON object is an error. Thread-safe.
 * <p>
 * Its errors give line and column but never Jackson's own message, which quotes content.
 */
final class DockerConfigParser {

	private static final JsonMapper STRICT = JsonMapper.builder().build();

	private static final JsonMapper LENIENT = JsonMapper.builder().enable(JsonReadFeature.ALLOW_TRAILING_COMMA).build();

	/**
	 * Parses a file.
	 * @param content the file's bytes
	 * @return what it holds
	 * @throws MalformedConfigException if nothing of it can be used
	 */
	DockerConfig parse(byte[] content) throws MalformedConfigException {
		DockerConfigBuilder builder = new DockerConfigBuilder();
		return builder.build(root(content, builder::warn));
	}

	/**
	 * Parses a file without looking into its sections.
	 * @param content the file's bytes
	 * @param warnings told of what was accepted all the same
	 * @return the whole file, in today's layout
	 * @throws MalformedConfigException if nothing of it can be used
	 */
	static JsonNode root(byte[] content, Consumer<String> warnings) throws MalformedConfigException {
		JsonNode root = tree(content, warnings);
		if (!root.isObject()) {
			throw new MalformedConfigException("holds no JSON object");
		}
		return LegacyLayout.asConfig(root);
	}

	private static JsonNode tree(byte[] content, Consumer<String> warnings) throws MalformedConfigException {
		try {
			return STRICT.readTree(content);
		}
		catch (JacksonException strict) {
			JsonNode root = lenientTree(content);
			warnings.accept("has a trailing comma before " + position(strict.getLocation()) + "; accepted");
			return root;
		}
	}

	private static JsonNode lenientTree(byte[] content) throws MalformedConfigException {
		try {
			return LENIENT.readTree(content);
		}
		catch (StreamConstraintsException ex) {
			throw new MalformedConfigException("is nested too deeply, or holds a name or number beyond any use");
		}
		catch (JacksonException ex) {
			throw new MalformedConfigException("is no valid JSON at " + position(ex.getLocation()));
		}
	}

	private static String position(@Nullable TokenStreamLocation location) {
		return (location != null) ? "line " + location.getLineNr() + ", column " + location.getColumnNr()
				: "an unknown position";
	}

}
