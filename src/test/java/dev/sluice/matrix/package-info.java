/**
 * Every registry of the field with every way to keep a credential for it, through the
 * running program.
 *
 * <p>
 * Starting points: {@link dev.sluice.matrix.RegistryMatrixTests},
 * {@link dev.sluice.matrix.CredentialKinds}, to which a kind is added in one line.
 */
@NullMarked
package dev.sluice.matrix;

import org.jspecify.annotations.NullMarked;
