/**
 * What the management port shows to whoever sits at the machine.
 */
@NullMarked
package dev.sluice.console;

import org.jspecify.annotations.NullMarked;
