/**
 * The commands: {@code serve} (the default), {@code doctor}, {@code explain}.
 * <p>
 * Start at {@link SluiceCommand}; {@link DoctorCommand} and {@link ExplainCommand} print
 * what {@code diagnose} finds.
 */
@NullMarked
package dev.sluice.cli;

import org.jspecify.annotations.NullMarked;
