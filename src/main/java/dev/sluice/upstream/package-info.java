/**
 * Talks to one registry: settings, authorization, redirects, retries.
 */
@NullMarked
package dev.sluice.upstream;

import org.jspecify.annotations.NullMarked;
