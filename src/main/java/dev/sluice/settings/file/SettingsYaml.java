package dev.sluice.settings.file;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.sluice.settings.InvalidSettingException;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.UnicodeReader;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

import org.springframework.beans.factory.config.YamlProcessor;
import org.springframework.core.io.ByteArrayResource;

/**
 * Reads settings in YAML (1.1, several documents). Every value stays the text that was
 * written, so that a password {@code 0123} isn't taken for a number in octal, nor a name
 * {@code no} for false; what a setting's type is, the setting says. A key may stand once
 * only.
 */
final class SettingsYaml extends YamlProcessor {

	private SettingsYaml(byte[] text) {
		setResources(new ByteArrayResource(text));
	}

	/**
	 * Reads it.
	 * @param name what it is called, in errors
	 * @param text the file's bytes
	 * @return the settings of each document by their names
	 * @throws InvalidSettingException if it isn't YAML, naming line and column and
	 * nothing of what stands there
	 */
	static List<Map<String, Object>> read(String name, byte[] text) {
		List<Map<String, Object>> documents = new ArrayList<>();
		try {
			SettingsYaml yaml = new SettingsYaml(text);
			YamlSize.check(yaml.events(text));
			OddBlanks.check(name, yaml.events(text));
			YamlShape.check(yaml.events(text));
			yaml.process((_, map) -> {
				RepeatedKeys.in(map).ifPresent((problem) -> {
					throw new InvalidSettingException(name + ": " + problem);
				});
				documents.add(yaml.getFlattenedMap(EmptyGroups.kept(map)));
			});
		}
		catch (YAMLException ex) {
			throw new InvalidSettingException(name + ": " + YamlFault.of(ex, text));
		}
		catch (IllegalStateException ex) {
			throw new InvalidSettingException(name + ": it isn't text in UTF-8");
		}
		return documents;
	}

	private Iterable<Event> events(byte[] text) {
		return createYaml().parse(new UnicodeReader(new ByteArrayInputStream(text)));
	}

	@Override
	protected Yaml createYaml() {
		LoaderOptions options = new LoaderOptions();
		options.setAllowDuplicateKeys(false);
		DumperOptions unused = new DumperOptions();
		return new Yaml(new SafeConstructor(options), new Representer(unused), unused, options, new Texts());
	}

	/** Knows no types but nothing at all, and the merging of mappings. */
	private static final class Texts extends Resolver {

		private static final int LONGEST_NOTHING = 10;

		@Override
		protected void addImplicitResolvers() {
			addImplicitResolver(Tag.MERGE, MERGE, "<", LONGEST_NOTHING);
			addImplicitResolver(Tag.NULL, NULL, "~nN\0", LONGEST_NOTHING);
			addImplicitResolver(Tag.NULL, EMPTY, null, LONGEST_NOTHING);
		}

	}

}
