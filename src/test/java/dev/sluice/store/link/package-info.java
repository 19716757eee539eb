/** Links as they lie on disk. */
@NullMarked
package dev.sluice.store.link;

import org.jspecify.annotations.NullMarked;
