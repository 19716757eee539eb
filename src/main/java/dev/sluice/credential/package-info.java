/**
 * Who are we there? Sources of credentials, and what they yield.
 */
@NullMarked
package dev.sluice.credential;

import org.jspecify.annotations.NullMarked;
