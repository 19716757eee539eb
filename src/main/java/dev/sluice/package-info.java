/**
 * The root: settings and wiring, the only place that knows every room.
 */
@NullMarked
package dev.sluice;

import org.jspecify.annotations.NullMarked;
