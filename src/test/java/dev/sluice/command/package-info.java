/**
 * The commands beside serving, as they are run.
 */
@NullMarked
package dev.sluice.command;

import org.jspecify.annotations.NullMarked;
