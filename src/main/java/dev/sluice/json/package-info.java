/**
 * What somebody else's JSON says: chosen fields, scanned and never made into a tree.
 * <p>
 * Start at {@link JsonFields}, where it is known which fields are wanted
 * ({@link FieldPaths}), or at {@link JsonCursor}, for an object whose keys may be any.
 */
@NullMarked
package dev.sluice.json;

import org.jspecify.annotations.NullMarked;
