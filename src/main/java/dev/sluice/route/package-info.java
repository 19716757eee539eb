/**
 * Which registry and repository is meant? A lookup in a closed list of exact names.
 */
@NullMarked
package dev.sluice.route;

import org.jspecify.annotations.NullMarked;
