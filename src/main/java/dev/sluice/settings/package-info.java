/**
 * What can be set? The properties as they are written, and how a wrong one is told.
 */
@NullMarked
package dev.sluice.settings;

import org.jspecify.annotations.NullMarked;
