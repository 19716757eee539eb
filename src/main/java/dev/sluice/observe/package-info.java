/**
 * Meters, health and redaction, as listeners of the other rooms.
 */
@NullMarked
package dev.sluice.observe;

import org.jspecify.annotations.NullMarked;
