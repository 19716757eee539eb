/**
 * The house plan of {@code docs/ARCHITECTURE.md} as tests.
 */
@NullMarked
package dev.sluice.architecture;

import org.jspecify.annotations.NullMarked;
