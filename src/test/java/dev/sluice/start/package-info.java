/**
 * What whoever starts Sluice sets and sees, through the real program.
 */
@NullMarked
package dev.sluice.start;

import org.jspecify.annotations.NullMarked;
