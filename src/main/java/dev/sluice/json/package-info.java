/**
 * What somebody else's JSON says: chosen fields, scanned and never made into a tree.
 */
@NullMarked
package dev.sluice.json;

import org.jspecify.annotations.NullMarked;
