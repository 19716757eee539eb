package dev.sluice.wiring;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.sluice.cli.Diagnostics;
import dev.sluice.credential.CredentialChain;
import dev.sluice.diagnose.Diagnosis;
import dev.sluice.oci.RegistryName;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * All of Sluice but its servers.
 */
public final class StartedDiagnostics implements Diagnostics {

	private final ConfigurableApplicationContext context;

	private StartedDiagnostics(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Starts it; only warnings are logged.
	 * @param program what Spring Boot starts
	 * @param settings settings as on the command line
	 * @return it, to be closed; empty if it can't start, which is in the log
	 */
	public static Optional<Diagnostics> start(Class<?> program, List<String> settings) {
		SpringApplication application = new SpringApplication(program);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setDefaultProperties(Map.of("logging.level.root", "warn"));
		application.setLogStartupInfo(false);
		try {
			return Optional.of(new StartedDiagnostics(application.run(settings.toArray(String[]::new))));
		}
		catch (RuntimeException ex) {
			return Optional.empty();
		}
	}

	@Override
	public Diagnosis diagnosis() {
		return this.context.getBean(Diagnosis.class);
	}

	@Override
	public Collection<RegistryName> upstreams() {
		UpstreamSettings settings = this.context.getBean(UpstreamSettings.class);
		Set<RegistryName> names = new LinkedHashSet<>();
		settings.listed().defaultName().ifPresent(names::add);
		names.addAll(settings.names());
		Set<RegistryName> loginHosts = names.stream()
			.map((name) -> settings.upstream(name).loginHost())
			.collect(Collectors.toSet());
		this.context.getBean(CredentialChain.class)
			.registryNames()
			.stream()
			.filter((name) -> !loginHosts.contains(name))
			.sorted(Comparator.comparing(RegistryName::toString))
			.forEach(names::add);
		return names;
	}

	@Override
	public void close() {
		this.context.close();
	}

}
