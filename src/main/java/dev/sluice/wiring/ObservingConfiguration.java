package dev.sluice.wiring;

import java.time.InstantSource;
import java.util.Objects;
import java.util.Properties;

import dev.sluice.credential.CredentialChain;
import dev.sluice.credential.Quarantine;
import dev.sluice.observe.CredentialsHealth;
import dev.sluice.observe.FillMeters;
import dev.sluice.observe.HeapExhaustion;
import dev.sluice.observe.LastMismatch;
import dev.sluice.observe.Meters;
import dev.sluice.observe.SecretSettings;
import dev.sluice.observe.StoreHealth;
import dev.sluice.observe.StoreMeters;
import dev.sluice.observe.TextScrape;
import dev.sluice.observe.UpstreamsHealth;
import dev.sluice.observe.UrlLogFilter;
import dev.sluice.store.StoreState;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.ConditionalOnEnabledMetricsExport;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusScrapeEndpoint;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What is counted, logged and said of how things stand.
 */
@Configuration(proxyBeanMethods = false)
class ObservingConfiguration {

	@Bean
	UrlLogFilter urlLogFilter() {
		return UrlLogFilter.install();
	}

	@Bean
	HeapExhaustion heapExhaustion() {
		return HeapExhaustion.watch();
	}

	@Bean
	SecretSettings secretSettings() {
		return new SecretSettings();
	}

	@Bean
	Meters meters(MeterRegistry registry) {
		return new Meters(registry);
	}

	@Bean
	@ConditionalOnEnabledMetricsExport("prometheus")
	@ConditionalOnAvailableEndpoint(PrometheusScrapeEndpoint.class)
	TextScrape prometheusEndpoint(PrometheusRegistry registry, PrometheusConfig config) {
		return new TextScrape(registry, Objects.requireNonNullElseGet(config.prometheusProperties(), Properties::new));
	}

	@Bean
	UpstreamsHealth upstreamsHealthIndicator() {
		return new UpstreamsHealth();
	}

	@Bean
	CredentialsHealth credentialsHealthIndicator(CredentialChain credentials, Quarantine quarantine) {
		return new CredentialsHealth(credentials, quarantine);
	}

	@Bean
	FillMeters fillMeters(MeterRegistry registry) {
		return new FillMeters(registry);
	}

	@Bean
	StoreMeters storeMeters(StoreState state) {
		return new StoreMeters(state);
	}

	@Bean
	LastMismatch lastMismatch() {
		return new LastMismatch(InstantSource.system());
	}

	@Bean
	StoreHealth storeHealthIndicator(StoreState state, LastMismatch mismatch) {
		return new StoreHealth(state, mismatch);
	}

}
