/**
 * That no secret shows, wherever one looks, through the real program.
 */
@NullMarked
package dev.sluice.secrecy;

import org.jspecify.annotations.NullMarked;
