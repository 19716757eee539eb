/**
 * Links: which repository may serve which blob, by whose word, since when. A blob that is
 * held is no permission to have it.
 * <p>
 * Start at {@link Links}; a {@link Link} is found by its {@link LinkKey}, and
 * {@link LinkText} is how it stands in its file.
 */
@NullMarked
package dev.sluice.store.link;

import org.jspecify.annotations.NullMarked;
