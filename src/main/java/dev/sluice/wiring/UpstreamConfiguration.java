package dev.sluice.wiring;

import java.util.List;

import dev.sluice.credential.CredentialChain;
import dev.sluice.credential.Quarantine;
import dev.sluice.observe.Meters;
import dev.sluice.observe.UpstreamsHealth;
import dev.sluice.route.RegistryList;
import dev.sluice.route.Router;
import dev.sluice.settings.SluiceProperties;
import dev.sluice.token.TokenCache;
import dev.sluice.transport.Network;
import dev.sluice.upstream.UpstreamDirectory;
import dev.sluice.upstream.UpstreamListener;
import reactor.core.scheduler.Schedulers;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Which registries there are, and how they are reached.
 */
@Configuration(proxyBeanMethods = false)
class UpstreamConfiguration {

	@Bean
	UpstreamSettings upstreamSettings(SluiceProperties properties) {
		return new UpstreamSettings(properties);
	}

	@Bean
	RegistryList registryList(UpstreamSettings settings, CredentialChain credentials) {
		settings.listed().requireListedDefault(credentials);
		return settings.registryList().namedByCredentials(credentials::registryNames).build();
	}

	@Bean
	Router router(RegistryList registries) {
		return new Router(registries);
	}

	@Bean
	Network network() {
		return Network.system("sluice/" + Release.version());
	}

	@Bean
	UpstreamClients upstreamClients(UpstreamSettings settings, Network network, TokenCache tokens,
			CredentialChain credentials, Quarantine quarantine, Meters meters, UpstreamsHealth health) {
		UpstreamListener listener = UpstreamListener.all(List.of(meters, health));
		return new UpstreamClients(settings, network, tokens, credentials, quarantine, meters, listener);
	}

	@Bean
	UpstreamDirectory upstreamDirectory(UpstreamSettings settings, UpstreamClients clients) {
		return new UpstreamDirectory(settings.names(), clients::open, Schedulers.boundedElastic());
	}

}
