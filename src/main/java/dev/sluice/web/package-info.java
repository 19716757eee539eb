/**
 * {@code /v2} over WebFlux, and the only place that writes an OCI error body or a
 * response header.
 * <p>
 * Start at {@link RegistryApi}, the one handler, and at {@link RegistryHandler}, which
 * has a branch for each kind of request. Before them, on each connection,
 * {@link FrontDoor} decides which requests are let in. {@link ClientRequest} is what a
 * client says, {@link PulledWriter} writes what it gets ({@link PageLink} the next page's
 * link), {@link ErrorWriter} writes failures, to which {@link ErrorStatus} gives their
 * statuses. {@link AccessLog} writes the log's line.
 */
@NullMarked
package dev.sluice.web;

import org.jspecify.annotations.NullMarked;
