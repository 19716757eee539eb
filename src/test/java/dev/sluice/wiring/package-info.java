/**
 * Tests of the {@code wiring} room.
 */
@NullMarked
package dev.sluice.wiring;

import org.jspecify.annotations.NullMarked;
