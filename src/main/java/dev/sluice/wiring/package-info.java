/**
 * Who knows whom? The only place that knows every room: makes what the settings say, and
 * connects it.
 */
@NullMarked
package dev.sluice.wiring;

import org.jspecify.annotations.NullMarked;
