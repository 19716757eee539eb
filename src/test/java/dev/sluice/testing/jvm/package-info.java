/**
 * What every test runs under: no blocked event loop and no leaked buffer goes unnoticed.
 * JUnit finds these classes by itself, through {@code META-INF/services}.
 */
@NullMarked
package dev.sluice.testing.jvm;

import org.jspecify.annotations.NullMarked;
