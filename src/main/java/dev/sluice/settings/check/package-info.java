/**
 * Do the settings mean what they seem to? Whatever would be overlooked, or taken for
 * something else than a reader does, stops the start in one line.
 */
@NullMarked
package dev.sluice.settings.check;

import org.jspecify.annotations.NullMarked;
