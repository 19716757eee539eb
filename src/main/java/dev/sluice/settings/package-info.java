/**
 * What can be set? The properties as they are written, and how a wrong one is told.
 * <p>
 * Start at {@link SluiceProperties}. Where the settings stand, and how they are read, is
 * in {@link dev.sluice.settings.file}; whether they are right is checked in
 * {@link dev.sluice.settings.check}.
 */
@NullMarked
package dev.sluice.settings;

import org.jspecify.annotations.NullMarked;
