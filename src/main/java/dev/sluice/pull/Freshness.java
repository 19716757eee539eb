package dev.sluice.pull;

import java.time.Duration;

/**
 * How long the upstream's word holds. Immutable.
 *
 * @param accessRecheck how long after it has let a repository's blob be pulled it isn't
 * asked again
 * @param serveStale how long after that word what is held is served while the upstream
 * can't be asked
 */
public record Freshness(Duration accessRecheck, Duration serveStale) {
}
