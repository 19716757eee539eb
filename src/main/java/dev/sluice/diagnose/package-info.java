/**
 * Why does it work, or not? The steps of a pull and the state of the upstreams as data:
 * printing is for others.
 */
@NullMarked
package dev.sluice.diagnose;

import org.jspecify.annotations.NullMarked;
