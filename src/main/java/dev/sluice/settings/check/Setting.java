package dev.sluice.settings.check;

import dev.sluice.settings.file.FileSettings;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * One value below {@code sluice}, as it was given. Immutable; its value may be secret.
 *
 * @param name the property
 * @param written its name as it was written, where that is another
 * @param value what it is set to, placeholders included
 * @param source where it was given
 */
record Setting(ConfigurationPropertyName name, String written, Object value, PropertySource<?> source) {

	/**
	 * Where it was given, for people.
	 * @return such as {@code environment variables} or the name of a file
	 */
	String place() {
		return place(this.source);
	}

	/**
	 * Where a source of settings is, for people.
	 * @param source the source
	 * @return such as {@code environment variables} or the name of a file
	 */
	static String place(PropertySource<?> source) {
		return switch (source) {
			case FileSettings file -> file.file().path().toString();
			case CommandLinePropertySource<?> _ -> "the command line";
			default -> switch (source.getName()) {
				case StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME -> "environment variables";
				case StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME -> "system properties";
				default -> source.getName();
			};
		};
	}

	/** Without the value. */
	@Override
	public String toString() {
		return this.written;
	}

}
