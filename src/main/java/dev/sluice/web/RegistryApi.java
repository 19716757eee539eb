package dev.sluice.web;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import dev.sluice.oci.OverloadException;
import dev.sluice.oci.RegistryException;
import dev.sluice.pull.BlobPull;
import dev.sluice.pull.ListingPull;
import dev.sluice.pull.ManifestPull;
import dev.sluice.pull.Pulled;
import dev.sluice.route.Router;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;

/**
 * The registry API: every request on its port is answered here, what is no registry's
 * endpoint by a 404 in the same form, and each is logged. Thread-safe.
 */
public final class RegistryApi implements WebHandler {

	private static final Duration COME_BACK = Duration.ofSeconds(1);

	/** What isn't taken by then gives its memory to others. */
	private static final Duration HELD = Duration.ofSeconds(60);

	private final RegistryHandler handler;

	private final AccessLog accessLog;

	private final BooleanSupplier draining;

	private final PulledWriter writer;

	private final ErrorWriter errors = new ErrorWriter();

	public RegistryApi(Router router, ManifestPull manifests, BlobPull blobs, ListingPull listings,
			RequestListener listener, TrustedProxies proxies, BooleanSupplier draining, Scheduler disk) {
		this(router, manifests, blobs, listings, listener, proxies, draining, disk, HELD);
	}

	RegistryApi(Router router, ManifestPull manifests, BlobPull blobs, ListingPull listings, RequestListener listener,
			TrustedProxies proxies, BooleanSupplier draining, Scheduler disk, Duration held) {
		this.writer = new PulledWriter(held, disk);
		this.accessLog = new AccessLog(listener, proxies);
		this.draining = draining;
		this.handler = new RegistryHandler(router, manifests, blobs, listings);
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange) {
		return this.accessLog.around(exchange, (record) -> answer(exchange, record));
	}

	private Mono<Void> answer(ServerWebExchange exchange, RequestRecord record) {
		ClientRequest client = new ClientRequest(exchange.getRequest());
		return Mono
			.usingWhen(pulled(exchange, client, record),
					(pulled) -> this.writer.write(exchange, client, pulled, record),
					(pulled) -> Mono.fromRunnable(pulled::release))
			.onErrorResume((failure) -> this.errors.write(exchange, failure, record));
	}

	private Mono<? extends Pulled> pulled(ServerWebExchange exchange, ClientRequest client, RequestRecord record) {
		Optional<RegistryException> refusal = Refusal.failure(exchange.getRequest().getHeaders());
		if (refusal.isPresent()) {
			return Mono.error(refusal.get());
		}
		return this.draining.getAsBoolean()
				? Mono.error(() -> new OverloadException.Overloaded("Sluice is shutting down", COME_BACK))
				: this.handler.serve(client, record);
	}

}
