package dev.sluice.wiring;

import dev.sluice.credential.CredentialChain;
import dev.sluice.credential.Quarantine;
import dev.sluice.observe.CredentialsHealth;
import dev.sluice.observe.HeapExhaustion;
import dev.sluice.observe.Meters;
import dev.sluice.observe.SecretSettings;
import dev.sluice.observe.UpstreamsHealth;
import dev.sluice.observe.UrlLogFilter;
import io.micrometer.core.instrument.MeterRegistry;

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
	UpstreamsHealth upstreamsHealthIndicator() {
		return new UpstreamsHealth();
	}

	@Bean
	CredentialsHealth credentialsHealthIndicator(CredentialChain credentials, Quarantine quarantine) {
		return new CredentialsHealth(credentials, quarantine);
	}

}
