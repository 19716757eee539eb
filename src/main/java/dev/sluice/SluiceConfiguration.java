package dev.sluice;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.sluice.console.ExplainRoute;
import dev.sluice.credential.CredentialChain;
import dev.sluice.credential.CredentialChangeListener;
import dev.sluice.credential.CredentialSource;
import dev.sluice.credential.Quarantine;
import dev.sluice.credential.dockerconfig.DockerAuthVariable;
import dev.sluice.credential.dockerconfig.DockerConfigSource;
import dev.sluice.credential.helper.CredentialHelpers;
import dev.sluice.diagnose.Diagnosis;
import dev.sluice.diagnose.TracedClients;
import dev.sluice.observe.CredentialsHealth;
import dev.sluice.observe.HeapExhaustion;
import dev.sluice.observe.Meters;
import dev.sluice.observe.SecretSettings;
import dev.sluice.observe.UpstreamsHealth;
import dev.sluice.observe.UrlLogFilter;
import dev.sluice.pull.BlobPull;
import dev.sluice.pull.ListingPull;
import dev.sluice.pull.ManifestPull;
import dev.sluice.route.RegistryList;
import dev.sluice.route.Router;
import dev.sluice.token.TokenCache;
import dev.sluice.transport.Cidr;
import dev.sluice.transport.Network;
import dev.sluice.upstream.UpstreamDirectory;
import dev.sluice.upstream.UpstreamListener;
import dev.sluice.web.FrontDoor;
import dev.sluice.web.RefusedRequests;
import dev.sluice.web.RegistryApi;
import dev.sluice.web.TrustedProxies;
import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.WebFilter;

/**
 * Wires the rooms together.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SluiceProperties.class)
@Import({ ServerTuning.class, ServerLoops.class, Draining.class })
class SluiceConfiguration {

	SluiceConfiguration(SluiceProperties properties, ObjectProvider<ServerProperties> server) {
		SettingRules.networks("sluice.trusted-proxies", properties.trustedProxies());
		Optional.ofNullable(properties.maxConnections())
			.ifPresent((most) -> SettingRules.positive("sluice.max-connections", most));
		server.ifAvailable((it) -> ListenRule.check(it.getAddress(), properties.access().open()));
		server.ifAvailable(ServerRule::check);
	}

	@Bean
	UpstreamSettings upstreamSettings(SluiceProperties properties) {
		return new UpstreamSettings(properties);
	}

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
	TokenCache tokenCache() {
		return new TokenCache(Clock.systemUTC(), TokenCache.BOUND);
	}

	@Bean
	ProcessEnvironment processEnvironment() {
		return new ProcessEnvironment(System.getenv());
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

	@Bean
	RegistryList registryList(UpstreamSettings settings, CredentialChain credentials) {
		settings.listed().requireListedDefault(credentials);
		return settings.registryList().namedByCredentials(credentials::registryNames).build();
	}

	@Bean
	Network network() {
		return Network.system("sluice/" + SluiceApplication.version());
	}

	@Bean
	StartReport startReport(UpstreamSettings upstreams, CredentialChain credentials) {
		return new StartReport(upstreams, credentials, SluiceApplication.version());
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

	@Bean
	Router router(RegistryList registries) {
		return new Router(registries);
	}

	@Bean
	Diagnosis diagnosis(Router router, UpstreamClients clients, CredentialChain credentials) {
		TracedClients traced = (name, tracing) -> Mono.fromCallable(() -> clients.openTraced(name, tracing))
			.subscribeOn(Schedulers.boundedElastic());
		return Diagnosis.of(router, traced, credentials::states, Clock.systemUTC());
	}

	/** As many threads as there are processors: what they do is arithmetic alone. */
	@Bean(destroyMethod = "dispose")
	Scheduler manifestWork() {
		return Schedulers.newParallel("manifests");
	}

	@Bean
	static FrontDoor frontDoor(SluiceProperties properties) {
		return new FrontDoor(properties.hostNames(),
				properties.upstreams().stream().flatMap((upstream) -> upstream.hosts().stream()).toList());
	}

	@Bean
	TrustedProxies trustedProxies(SluiceProperties properties) {
		List<Cidr> proxies = properties.trustedProxies().stream().flatMap((text) -> Cidr.parse(text).stream()).toList();
		return new TrustedProxies(
				(address) -> proxies.stream().anyMatch((proxy) -> proxy.contains(address.getAddress())));
	}

	@Bean
	RegistryApi registryApi(Router router, UpstreamDirectory upstreams, Scheduler manifestWork, Meters meters,
			TrustedProxies proxies, Draining draining) {
		return new RegistryApi(router, new ManifestPull(upstreams, manifestWork), new BlobPull(upstreams),
				new ListingPull(upstreams, manifestWork), meters, proxies, draining::isDraining);
	}

	/**
	 * The management server's context inherits these routes; they are for the API's own.
	 */
	@Bean
	RouterFunction<ServerResponse> registryRoutes(RegistryApi api, ApplicationContext own) {
		RouterFunction<ServerResponse> routes = api.routes();
		return (request) -> own.equals(request.exchange().getApplicationContext()) ? routes.route(request)
				: Mono.empty();
	}

	/**
	 * The management server's context inherits this filter.
	 */
	@Bean
	WebFilter requestFilter(RegistryApi api, ApplicationContext own) {
		WebFilter registry = api.filter();
		WebFilter management = new RefusedRequests();
		return (exchange, chain) -> (own.equals(exchange.getApplicationContext()) ? registry : management)
			.filter(exchange, chain);
	}

	/**
	 * The management server's context inherits this route; it isn't for the API's own.
	 */
	@Bean
	RouterFunction<ServerResponse> explainRoute(Diagnosis diagnosis, ApplicationContext own) {
		RouterFunction<ServerResponse> route = new ExplainRoute(diagnosis.explainer()).route();
		return (request) -> own.equals(request.exchange().getApplicationContext()) ? Mono.empty()
				: route.route(request);
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
