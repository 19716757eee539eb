/**
 * What a process finds in the store's directory, whatever became of the one before it.
 */
@NullMarked
package dev.sluice.store.disk;

import org.jspecify.annotations.NullMarked;
