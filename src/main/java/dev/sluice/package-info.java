/**
 * The door: where the process begins.
 */
@NullMarked
package dev.sluice;

import org.jspecify.annotations.NullMarked;
