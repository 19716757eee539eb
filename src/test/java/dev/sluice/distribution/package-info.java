/**
 * Sluice in front of the real CNCF distribution, in a container.
 */
@NullMarked
package dev.sluice.distribution;

import org.jspecify.annotations.NullMarked;
