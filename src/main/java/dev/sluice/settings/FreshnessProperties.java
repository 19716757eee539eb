package dev.sluice.settings;

import java.time.Duration;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long an upstream's word holds: {@code sluice.freshness}. Immutable.
 *
 * @param accessRecheck how long after it has let a repository's blob be pulled it isn't
 * asked again
 * @param serveStale how long after that word what is held is served while the upstream
 * can't be asked
 */
public record FreshnessProperties(@DefaultValue("24h") Duration accessRecheck,
		@DefaultValue("7d") Duration serveStale) {
}
