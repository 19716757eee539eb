/**
 * Tests of the bounds of the disk.
 */
@NullMarked
package dev.sluice.store.space;

import org.jspecify.annotations.NullMarked;
