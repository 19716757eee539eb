/**
 * What clients of the registry API notice, through the real program.
 */
@NullMarked
package dev.sluice.api;

import org.jspecify.annotations.NullMarked;
