package dev.sluice.web;

import java.time.Duration;
import java.util.function.BooleanSupplier;

import dev.sluice.oci.RegistryException;
import dev.sluice.pull.BlobPull;
import dev.sluice.pull.ListingPull;
import dev.sluice.pull.ManifestPull;
import dev.sluice.pull.Pulled;
import dev.sluice.route.Router;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;

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

	public RegistryApi(Router router, ManifestPull manifests, BlobPull blobs, ListingPull listings,
			RequestListener listener, BooleanSupplier draining) {
		this(router, manifests, blobs, listings, listener, draining, HELD);
	}

	RegistryApi(Router router, ManifestPull manifests, BlobPull blobs, ListingPull listings, RequestListener listener,
			BooleanSupplier draining, Duration held) {
		this.writer = new PulledWriter(held);
		this.accessLog = new AccessLog(listener);
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

	private Mono<ServerResponse> respond(ServerRequest request) {
		ClientRequest client = new ClientRequest(request);
		return ServerResponse.ok()
			.build((exchange, context) -> this.accessLog.around(exchange, respond(exchange, client)));
	}

	private Mono<Void> respond(ServerWebExchange exchange, ClientRequest client) {
		Mono<Pulled> pulled = this.draining.getAsBoolean()
				? Mono.error(() -> new RegistryException.Overloaded("Sluice is shutting down", COME_BACK))
				: this.handler.serve(client, RequestRecord.of(exchange));
		return Mono
			.usingWhen(pulled, (answer) -> this.writer.write(exchange, client, answer),
					(answer) -> Mono.fromRunnable(answer::release))
			.onErrorResume((failure) -> this.errors.write(exchange, failure));
	}

}
