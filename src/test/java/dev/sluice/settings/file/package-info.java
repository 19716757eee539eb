/**
 * Tests of the {@code settings.file} room.
 */
@NullMarked
package dev.sluice.settings.file;

import org.jspecify.annotations.NullMarked;
