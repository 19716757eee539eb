/**
 * {@code /v2} over WebFlux, and the only place that writes an OCI error body or a
 * response header.
 */
@NullMarked
package dev.sluice.web;

import org.jspecify.annotations.NullMarked;
