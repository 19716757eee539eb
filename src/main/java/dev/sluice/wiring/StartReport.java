package dev.sluice.wiring;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.sluice.credential.CredentialChain;
import dev.sluice.credential.SourceState;
import dev.sluice.oci.RegistryName;
import dev.sluice.settings.Size;
import dev.sluice.settings.check.SettingsFiles;
import dev.sluice.store.StoreState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Says in a few lines, once Sluice serves, what a newcomer wants to know: where, what a
 * name without a registry means, how many registries are listed, what credentials there
 * are, where blobs are kept. Warns of each name that hides images of the default
 * upstream. Shows no secret.
 */
final class StartReport implements ApplicationListener<ApplicationReadyEvent> {

	private static final Logger LOG = LoggerFactory.getLogger(StartReport.class);

	private final UpstreamSettings upstreams;

	private final CredentialChain credentials;

	private final StoreState store;

	private final String version;

	StartReport(UpstreamSettings upstreams, CredentialChain credentials, StoreState store, String version) {
		this.upstreams = upstreams;
		this.credentials = credentials;
		this.store = store;
		this.version = version;
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		ConfigurableEnvironment environment = event.getApplicationContext().getEnvironment();
		ServedAddresses served = new ServedAddresses(environment);
		LOG.info("Sluice {} serves the registry API at {}; {}", this.version, served.api(), served.management());
		served.warning().ifPresent(LOG::warn);
		String meant = this.upstreams.listed().defaultName().map(RegistryName::toString).orElse("nowhere");
		SettingsFiles files = SettingsFiles.in(environment.getPropertySources());
		LOG.info("Settings: {}", files.paths());
		files.oddities().forEach(LOG::warn);
		LOG.info("An image named without a registry is pulled from {}; listed registries: {}", meant, listed());
		report(this.store);
		List<SourceState> sources = this.credentials.states();
		List<SourceState> telling = sources.stream()
			.filter((source) -> source.registries() > 0 || !source.isSound())
			.toList();
		telling.forEach(StartReport::report);
		if (telling.isEmpty()) {
			LOG.info("Credentials: none, all pulls are anonymous; looked for in: {}",
					sources.isEmpty() ? "nothing" : names(sources));
		}
		this.upstreams.weakPoints().forEach(LOG::warn);
		this.upstreams.hiddenImages().forEach(LOG::warn);
	}

	private static void report(StoreState store) {
		switch (store) {
			case StoreState.Open open ->
				LOG.info("Store: {}, {} at most", open.path(), Size.ofBytes(open.limits().maxSize()));
			case StoreState.Off() -> LOG.info("Store: none, blobs stream through (sluice.store.enabled is false)");
			case StoreState.Unusable(String reason) -> LOG.warn("Store: none, blobs stream through: {}", reason);
		}
	}

	private static void report(SourceState source) {
		LOG.info("Credentials: {} names {}{}", source.source(), counted(source.registries()),
				source.isSound() ? "" : "; problems: " + source.problems().size() + ", see health");
	}

	private static String names(List<SourceState> sources) {
		return sources.stream().map(SourceState::source).collect(Collectors.joining(", "));
	}

	private static String counted(int registries) {
		return registries + ((registries == 1) ? " registry" : " registries");
	}

	private long listed() {
		return Stream
			.of(this.upstreams.listed().names().stream(), this.upstreams.names().stream(),
					this.credentials.registryNames().stream())
			.flatMap((names) -> names)
			.distinct()
			.count();
	}

}
