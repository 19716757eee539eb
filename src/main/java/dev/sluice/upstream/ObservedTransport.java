package dev.sluice.upstream;

import java.time.Duration;
import java.util.Locale;

import dev.sluice.oci.RegistryName;
import dev.sluice.transport.Answer;
import dev.sluice.transport.OutboundRequest;
import dev.sluice.transport.Transport;
import reactor.core.publisher.Mono;

/**
 * Tells a listener of each answer on the wire. Thread-safe.
 */
final class ObservedTransport implements Transport {

	private final RegistryName upstream;

	private final Transport transport;

	private final UpstreamListener listener;

	ObservedTransport(RegistryName upstream, Transport transport, UpstreamListener listener) {
		this.upstream = upstream;
		this.transport = transport;
		this.listener = listener;
	}

	@Override
	public Mono<Answer> send(OutboundRequest request) {
		return observed(request, this.transport.send(request));
	}

	@Override
	public Mono<Answer> sendTo(OutboundRequest request, Referrer from) {
		return observed(request, this.transport.sendTo(request, from));
	}

	private Mono<Answer> observed(OutboundRequest request, Mono<Answer> sent) {
		return Mono.defer(() -> {
			long start = System.nanoTime();
			return sent.doOnNext(
					(answer) -> this.listener.answered(this.upstream, request.method().name().toLowerCase(Locale.ROOT),
							answer.status(), Duration.ofNanos(System.nanoTime() - start)));
		});
	}

}
