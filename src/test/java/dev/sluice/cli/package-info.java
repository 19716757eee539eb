/**
 * The command line's parts.
 */
@NullMarked
package dev.sluice.cli;

import org.jspecify.annotations.NullMarked;
