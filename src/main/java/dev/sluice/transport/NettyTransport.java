package dev.sluice.transport;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

import dev.sluice.oci.UpstreamException.ForbiddenAddress;
import reactor.core.publisher.Mono;

import static java.util.stream.Collectors.joining;

/**
 * The {@link Transport} of one upstream on Reactor Netty's HTTP/1.1 client: no redirects,
 * no cookies, no compression. There are four {@link Lane}s, one for each
 * {@link Admission}. Making one reads certificates, and so blocks; once their files have
 * changed, new connections are made with what they hold then. A GET or HEAD whose reused
 * connection breaks before the answer's first byte is tried once more, on a new one.
 * <p>
 * Through an egress proxy every origin, http too, is reached by a tunnel (CONNECT). The
 * proxy resolves names then, so that the address guard can judge only literals and a few
 * well-known names; any other name counts as public.
 */
public final class NettyTransport implements Transport, AutoCloseable {

	private final Set<Origin> own;

	private final TransportSettings settings;

	private final Network network;

	private final EgressRoutes routes;

	private final HeldMemory.Share memory;

	/** Replaced when certificates change; the connections stay the same. */
	private volatile Map<Admission, Lane> lanes;

	private final CertificateWatch certificates;

	/**
	 * Connections for one upstream.
	 * @param own the upstream's own endpoints
	 * @param settings how to connect
	 * @param network what the process shares
	 * @throws IllegalArgumentException naming property and file, if a TLS file is missing
	 * or not what it should be; naming the variable, if it holds no proxy's address
	 */
	public NettyTransport(Set<Origin> own, TransportSettings settings, Network network) {
		this.own = Set.copyOf(own);
		this.settings = settings;
		this.network = network;
		this.memory = network.heldMemory().share();
		this.routes = new EgressRoutes(settings.proxy(), network.environment());
		this.certificates = new CertificateWatch(this.own.stream().map(Origin::toString).collect(joining(", ")),
				settings.tls(), this::take);
		TlsContexts tls = TlsContexts.of(settings.tls());
		this.lanes = lanes((admission) -> Lane.open(settings, tls.towards(admission), guard(admission)));
		this.certificates.begin();
	}

	@Override
	public Mono<Answer> send(OutboundRequest request) {
		return Mono.defer(() -> {
			Origin target = request.url().origin();
			if (!this.own.contains(target)) {
				throw new IllegalArgumentException(target + " is no endpoint of this upstream");
			}
			return exchange(request, target, Admission.OWN_ENDPOINT);
		});
	}

	@Override
	public Mono<Answer> sendTo(OutboundRequest request, Referrer from) {
		return Mono.defer(() -> {
			Origin target = request.url().origin();
			if (from.origin().isSecure() && !target.isSecure()) {
				throw new ForbiddenAddress(from.origin() + " names " + target + ": https is never left for http");
			}
			boolean home = this.own.contains(target) && this.own.contains(from.origin()) && !from.astray();
			return exchange(request, target, home ? Admission.OWN_ENDPOINT : Admission.namedBy(from.reach()));
		});
	}

	/** Closes all connections, those in use too. */
	@Override
	public void close() {
		this.certificates.close();
		this.lanes.values().forEach(Lane::close);
	}

	private Mono<Answer> exchange(OutboundRequest request, Origin target, Admission admission) {
		Exchange exchange = new Exchange(request, target, this.settings, this.network.userAgent(), this.memory);
		Map<String, String> extra = (admission == Admission.OWN_ENDPOINT) ? this.settings.headers() : Map.of();
		Lane lane = Objects.requireNonNull(this.lanes.get(admission));
		return this.routes.proxyFor(target)
			.map((proxy) -> exchange.byProxy(proxy, ProxyAddress.of(proxy, this.network.names()), lane, extra))
			.orElseGet(() -> exchange.direct(lane, extra));
	}

	private void take(TlsContexts tls) {
		Map<Admission, Lane> before = this.lanes;
		this.lanes = lanes((admission) -> Objects.requireNonNull(before.get(admission))
			.with(this.settings, tls.towards(admission)));
	}

	private static Map<Admission, Lane> lanes(Function<Admission, Lane> each) {
		Map<Admission, Lane> lanes = new EnumMap<>(Admission.class);
		for (Admission admission : Admission.values()) {
			lanes.put(admission, each.apply(admission));
		}
		return lanes;
	}

	private AddressGuard guard(Admission admission) {
		return new AddressGuard(this.network.names(), admission, this.settings.allowHosts(),
				this.settings.allowNetworks().stream().map(Cidr::of).toList());
	}

}
