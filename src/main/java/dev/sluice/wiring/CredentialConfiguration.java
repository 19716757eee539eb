package dev.sluice.wiring;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import dev.sluice.credential.CredentialChain;
import dev.sluice.credential.CredentialChangeListener;
import dev.sluice.credential.CredentialSource;
import dev.sluice.credential.Quarantine;
import dev.sluice.credential.dockerconfig.DockerAuthVariable;
import dev.sluice.credential.dockerconfig.DockerConfigSource;
import dev.sluice.credential.helper.CredentialHelpers;
import dev.sluice.settings.Home;
import dev.sluice.settings.ProcessEnvironment;
import dev.sluice.settings.SluiceProperties;
import dev.sluice.token.TokenCache;
import dev.sluice.transport.Network;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Where credentials come from, and which are believed.
 */
@Configuration(proxyBeanMethods = false)
class CredentialConfiguration {

	@Bean
	ProcessEnvironment processEnvironment() {
		return new ProcessEnvironment(System.getenv());
	}

	@Bean
	TokenCache tokenCache() {
		return new TokenCache(Clock.systemUTC(), TokenCache.BOUND);
	}

	@Bean
	Quarantine quarantine() {
		return new Quarantine(Clock.systemUTC());
	}

	@Bean
	CredentialChangeListener credentialChangeListener(TokenCache tokens, Quarantine quarantine) {
		return CredentialChangeListener.all(tokens, quarantine);
	}

	@Bean
	CredentialHelpers credentialHelpers(ProcessEnvironment environment,
			CredentialChangeListener credentialChangeListener) {
		String path = environment.variables().getOrDefault("PATH", "");
		return new CredentialHelpers(path, CredentialHelpers.TIMEOUT, Clock.systemUTC(), credentialChangeListener);
	}

	@Bean
	DockerConfigSources dockerConfigSources(SluiceProperties properties, ProcessEnvironment environment,
			CredentialHelpers helpers, CredentialChangeListener credentialChangeListener) {
		List<Path> paths = CredentialFiles.paths(properties.credentials(), environment.variables(),
				Home.directory(environment.variables()));
		return new DockerConfigSources(paths.stream()
			.map((path) -> new DockerConfigSource(path, helpers, Clock.systemUTC(), credentialChangeListener))
			.toList());
	}

	@Bean
	KubernetesSources kubernetesSources(SluiceProperties properties,
			CredentialChangeListener credentialChangeListener) {
		return KubernetesSources.open(properties.credentials(), credentialChangeListener);
	}

	@Bean
	GivenSources givenSources(ProcessEnvironment environment, SluiceProperties properties,
			CredentialChangeListener credentialChangeListener) {
		return GivenSources.read(environment, properties.upstreams(), credentialChangeListener);
	}

	@Bean
	CloudSources cloudSources(SluiceProperties properties, ProcessEnvironment environment, Network network,
			CredentialChangeListener credentialChangeListener) {
		return new CloudSources(properties.credentials().cloud(), environment, network, Clock.systemUTC(),
				credentialChangeListener);
	}

	@Bean
	CredentialChain credentialChain(GivenSources given, ProcessEnvironment environment, KubernetesSources kubernetes,
			DockerConfigSources dockerConfigs, CredentialHelpers helpers, CloudSources clouds) {
		List<CredentialSource> sources = new ArrayList<>(kubernetes.all());
		sources.addAll(dockerConfigs.sources());
		DockerAuthVariable.of(environment.variables(), helpers).ifPresent(sources::addFirst);
		given.environment().ifPresent(sources::addFirst);
		sources.addAll(clouds.all());
		return new CredentialChain(sources, given.upstreams());
	}

	/**
	 * The Docker configurations in use, closed with the context.
	 *
	 * @param sources one for each file, in order
	 */
	record DockerConfigSources(List<DockerConfigSource> sources) implements AutoCloseable {

		@Override
		public void close() {
			this.sources.forEach(DockerConfigSource::close);
		}

	}

}
