/**
 * Tests against real containers, on machines that can run them.
 */
@NullMarked
package dev.sluice.testing.docker;

import org.jspecify.annotations.NullMarked;
