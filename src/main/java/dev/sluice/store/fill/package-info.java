/**
 * Fills: each fetches one blob into the store, for however many clients ask for it.
 * <p>
 * Start at {@link Fills}, which begins one or lets a client join it. A {@link Fill} is
 * what its clients see; {@link FillTask} is its thread, which takes what arrives from a
 * {@link Supply} by {@link FillQueue}, hashes it, writes it down and moves the
 * {@link WriteHead}, right behind which each client's {@link FillReader} reads the file.
 */
@NullMarked
package dev.sluice.store.fill;

import org.jspecify.annotations.NullMarked;
