package dev.sluice.wiring;

import java.time.Clock;

import dev.sluice.console.ExplainRoute;
import dev.sluice.credential.CredentialChain;
import dev.sluice.diagnose.Diagnosis;
import dev.sluice.diagnose.TracedClients;
import dev.sluice.route.Router;
import dev.sluice.store.StoreState;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * What whoever asks why is answered, and what is told at the start.
 */
@Configuration(proxyBeanMethods = false)
class DiagnosisConfiguration {

	@Bean
	Diagnosis diagnosis(Router router, UpstreamClients clients, CredentialChain credentials) {
		TracedClients traced = (name, tracing, listener) -> Mono
			.fromCallable(() -> clients.openTraced(name, tracing, listener))
			.subscribeOn(Schedulers.boundedElastic());
		return Diagnosis.of(router, traced, credentials::states, Clock.systemUTC());
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
	StartReport startReport(UpstreamSettings upstreams, CredentialChain credentials, StoreState store) {
		return new StartReport(upstreams, credentials, store, Release.version());
	}

}
