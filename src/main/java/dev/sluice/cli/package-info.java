/**
 * The commands: {@code serve} (the default), {@code doctor}, {@code explain}.
 */
@NullMarked
package dev.sluice.cli;

import org.jspecify.annotations.NullMarked;
