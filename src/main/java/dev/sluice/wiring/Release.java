package dev.sluice.wiring;

import java.util.Optional;

/**
 * Which Sluice this is.
 */
public final class Release {

	private Release() {
	}

	/**
	 * Its version, as the jar says it.
	 * @return such as {@code 0.1.0}; {@code development} outside of a jar
	 */
	public static String version() {
		return Optional.ofNullable(Release.class.getPackage().getImplementationVersion()).orElse("development");
	}

}
