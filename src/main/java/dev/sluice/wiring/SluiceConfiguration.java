package dev.sluice.wiring;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Wires the rooms together: the settings are checked first.
 */
@Configuration(proxyBeanMethods = false)
@Import({ SettingChecks.class, CredentialConfiguration.class, UpstreamConfiguration.class, StoreConfiguration.class,
		ServingConfiguration.class, DiagnosisConfiguration.class, ObservingConfiguration.class, ServerTuning.class,
		ServerLoops.class, Draining.class })
public class SluiceConfiguration {

}
