/**
 * Turns a challenge and a credential into an {@code Authorization}.
 */
@NullMarked
package dev.sluice.token;

import org.jspecify.annotations.NullMarked;
