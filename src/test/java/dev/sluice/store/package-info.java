/**
 * Tests of the store as a whole.
 */
@NullMarked
package dev.sluice.store;

import org.jspecify.annotations.NullMarked;
