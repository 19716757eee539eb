/**
 * The protocol's words: names, references, digests, requests, errors. Uses the JDK only.
 */
@NullMarked
package dev.sluice.oci;

import org.jspecify.annotations.NullMarked;
