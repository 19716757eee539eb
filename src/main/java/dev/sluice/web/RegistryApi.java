package dev.sluice.web;

import java.time.Duration;
import java.util.function.BooleanSupplier;

import dev.sluice.oci.OverloadException;
import dev.sluice.oci.RequestException;
import dev.sluice.pull.BlobPull;
import dev.sluice.pull.ListingPull;
import dev.sluice.pull.ManifestPull;
import dev.sluice.pull.Pulled;
import dev.sluice.route.Router;
import reactor.core.publisher.Mono;

import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * The registry API as WebFlux sees it: one route for every request, each logged.
 * Thread-safe.
 */
public final class RegistryApi {

	private static final Duration COME_BACK = Duration.ofSeconds(1);

	/** What isn't taken by then gives its memory to others. */
	private static final Duration HELD = Duration.ofSeconds(60);

	private final RegistryHandler handler;

	private final AccessLog accessLog;

	private final BooleanSupplier draining;

	private final PulledWriter writer;

	private final ErrorWriter errors = new ErrorWriter();

	private final RefusedRequests refused = new RefusedRequests();

	public RegistryApi(Router router, ManifestPull manifests, BlobPull blobs, ListingPull listings,
			RequestListener listener, TrustedProxies proxies, BooleanSupplier draining) {
		this(router, manifests, blobs, listings, listener, proxies, draining, HELD);
	}

	RegistryApi(Router router, ManifestPull manifests, BlobPull blobs, ListingPull listings, RequestListener listener,
			TrustedProxies proxies, BooleanSupplier draining, Duration held) {
		this.writer = new PulledWriter(held);
		this.accessLog = new AccessLog(listener, proxies);
		this.draining = draining;
		this.handler = new RegistryHandler(router, manifests, blobs, listings);
	}

	/**
	 * The route.
	 * @return one that takes every request: what is no registry's endpoint is a 404 in
	 * the same form
	 */
	public RouterFunction<ServerResponse> routes() {
		return RouterFunctions.route(RequestPredicates.all(), this::respond);
	}

	/**
	 * What each request passes on its way to the route, so that it is logged whatever
	 * becomes of it.
	 * @return a filter for the registry's port
	 */
	public WebFilter filter() {
		return (exchange, chain) -> this.accessLog.around(exchange, Mono.defer(() -> admit(exchange, chain)));
	}

	/** Spring would answer a browser's preflight by itself. */
	private Mono<Void> admit(ServerWebExchange exchange, WebFilterChain chain) {
		WebFilterChain inside = CorsUtils.isPreFlightRequest(exchange.getRequest())
				? (it) -> this.errors.write(it, new RequestException.MethodNotSupported("Sluice only pulls")) : chain;
		return this.refused.filter(exchange, inside);
	}

	private Mono<ServerResponse> respond(ServerRequest request) {
		ClientRequest client = new ClientRequest(request);
		return ServerResponse.ok().build((exchange, context) -> respond(exchange, client));
	}

	private Mono<Void> respond(ServerWebExchange exchange, ClientRequest client) {
		Mono<? extends Pulled> pulled = this.draining.getAsBoolean()
				? Mono.error(() -> new OverloadException.Overloaded("Sluice is shutting down", COME_BACK))
				: this.handler.serve(client, RequestRecord.of(exchange));
		return Mono
			.usingWhen(pulled, (answer) -> this.writer.write(exchange, client, answer),
					(answer) -> Mono.fromRunnable(answer::release))
			.onErrorResume((failure) -> this.errors.write(exchange, failure));
	}

}
