/**
 * The protocol's words: names, references, digests, requests, errors. Uses the JDK only.
 * <p>
 * Start at {@link RegistryRequest}, which reads what a {@code /v2} path asks for, and at
 * {@link RegistryException}, the families of all that can go wrong. {@link RegistryName},
 * {@link RepositoryName} and {@link Reference} are the names that they are made of.
 */
@NullMarked
package dev.sluice.oci;

import org.jspecify.annotations.NullMarked;
