package dev.sluice;

import java.nio.file.Path;

import org.springframework.boot.context.config.ConfigDataResource;

/**
 * The file that Sluice's settings are read from. Immutable.
 */
final class SettingsFile extends ConfigDataResource {

	private final Path path;

	SettingsFile(Path path) {
		this.path = path;
	}

	Path path() {
		return this.path;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof SettingsFile file && file.path.equals(this.path);
	}

	@Override
	public int hashCode() {
		return this.path.hashCode();
	}

	@Override
	public String toString() {
		return FileSettings.mainName(this.path);
	}

}
