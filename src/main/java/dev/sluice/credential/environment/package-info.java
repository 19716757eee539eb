/**
 * Credentials in environment variables, under Sluice's own names and under imgpkg's.
 */
@NullMarked
package dev.sluice.credential.environment;

import org.jspecify.annotations.NullMarked;
