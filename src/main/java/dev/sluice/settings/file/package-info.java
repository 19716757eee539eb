/**
 * Where do the settings stand? Finds their file and reads it, bounded, every value as the
 * text that it is.
 */
@NullMarked
package dev.sluice.settings.file;

import org.jspecify.annotations.NullMarked;
