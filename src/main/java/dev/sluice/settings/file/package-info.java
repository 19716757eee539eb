/**
 * Where do the settings stand? Finds their file and reads it, bounded, every value as the
 * text that it is.
 * <p>
 * Start at {@link SettingsFileResolver}, which finds the file, and at
 * {@link SettingsFileLoader}, which loads it; {@link SettingsYaml} reads YAML. What
 * counts where nobody sets anything, {@link SettingsDefaults} gives.
 */
@NullMarked
package dev.sluice.settings.file;

import org.jspecify.annotations.NullMarked;
