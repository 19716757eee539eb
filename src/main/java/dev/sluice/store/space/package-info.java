/**
 * The bounds of the disk: how much of it the store takes, and what goes to make room.
 * <p>
 * Start at {@link Space}, which gives each fill a {@link Room}. {@link Account} counts,
 * {@link Eviction} drops the least lately used of the {@link Candidates} that a
 * {@link Walk} over the directory finds; walks have a thread of their own,
 * {@link Walker}.
 */
@NullMarked
package dev.sluice.store.space;

import org.jspecify.annotations.NullMarked;
