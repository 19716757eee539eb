/**
 * Tests of the {@code web} room.
 */
@NullMarked
package dev.sluice.web;

import org.jspecify.annotations.NullMarked;
