/**
 * Credentials in environment variables, under Sluice's own names and under imgpkg's.
 * <p>
 * Start at {@link RegistryVariables}; {@link VariableName} knows the names.
 */
@NullMarked
package dev.sluice.credential.environment;

import org.jspecify.annotations.NullMarked;
