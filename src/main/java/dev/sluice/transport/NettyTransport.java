package dev.sluice.transport;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import reactor.core.publisher.Mono;

import dev.sluice.oci.RegistryException.ForbiddenAddress;

/**
 * The {@link Transport} of one upstream on Reactor Netty's HTTP/1.1 client: no redirects,
 * no cookies, no compression. There are four {@link Lane}s at most, one for each
 * {@link Admission}, opened when first used. A GET or HEAD whose pooled connection turns
 * out closed before anything was sent is tried once more.
 */
public final class NettyTransport implements Transport, AutoCloseable {

	private final Set<Origin> own;

	private final TransportSettings settings;

	private final Network network;

	private final TlsContexts tls;

	private final Map<Admission, Lane> lanes = new ConcurrentHashMap<>();

	/**
	 * Connections for one upstream.
	 * @param own the upstream's own endpoints
	 * @param settings how to connect
	 * @param network what the process shares
	 * @throws IllegalArgumentException naming property and file, if a TLS file is missing
	 * or not what it should be
	 */
	public NettyTransport(Set<Origin> own, TransportSettings settings, Network network) {
		this.own = Set.copyOf(own);
		this.settings = settings;
		this.network = network;
		this.tls = TlsContexts.of(settings.tls());
	}

	@Override
	public Mono<Answer> send(OutboundRequest request) {
		return Mono.defer(() -> {
			Origin target = Origin.of(request.uri());
			if (!this.own.contains(target)) {
				throw new IllegalArgumentException(target + " is no endpoint of this upstream");
			}
			return exchange(request, target, Admission.OWN_ENDPOINT);
		});
	}

	@Override
	public Mono<Answer> sendTo(OutboundRequest request, Referrer from) {
		return Mono.defer(() -> {
			Origin target = Origin.of(request.uri());
			if (from.origin().isSecure() && !target.isSecure()) {
				throw new ForbiddenAddress(from.origin() + " names " + target + ": https is never left for http");
			}
			boolean home = this.own.contains(target);
			return exchange(request, target, home ? Admission.OWN_ENDPOINT : Admission.namedBy(from.reach()));
		});
	}

	/** Closes all connections, those in use too. */
	@Override
	public void close() {
		this.lanes.values().forEach(Lane::close);
	}

	private Mono<Answer> exchange(OutboundRequest request, Origin target, Admission admission) {
		Exchange exchange = new Exchange(request, target, this.settings, this.network.userAgent());
		boolean home = admission == Admission.OWN_ENDPOINT;
		return exchange.over(lane(admission), home ? this.settings.headers() : Map.of());
	}

	private Lane lane(Admission admission) {
		return this.lanes.computeIfAbsent(admission, this::open);
	}

	private Lane open(Admission admission) {
		boolean home = admission == Admission.OWN_ENDPOINT;
		AddressGuard guard = new AddressGuard(this.network.names(), admission, this.settings.allowHosts());
		return Lane.open(this.settings, home ? this.tls.own() : this.tls.others(), guard);
	}

}
