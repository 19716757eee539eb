package dev.sluice.token;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import dev.sluice.oci.HeldBytes;
import dev.sluice.oci.UpstreamException;
import dev.sluice.transport.Answer;
import dev.sluice.transport.OutboundRequest;
import dev.sluice.transport.Reach;
import dev.sluice.transport.Transport;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

/**
 * The simplest transport that talks to a loopback server, without any guard.
 */
final class PlainTransport implements Transport {

	final List<Referrer> referrers = new CopyOnWriteArrayList<>();

	final AtomicInteger unreleased = new AtomicInteger();

	private final HttpClient client = HttpClient.create().followRedirect(false);

	@Override
	public Mono<Answer> send(OutboundRequest request) {
		return Mono.error(new UnsupportedOperationException());
	}

	@Override
	public Mono<Answer> sendTo(OutboundRequest request, Referrer from) {
		this.referrers.add(from);
		String sent = request.body();
		return this.client.headers((headers) -> headers.add(request.headers()))
			.request(request.method())
			.uri(request.url().text())
			.send((sent != null) ? ByteBufFlux.fromString(Mono.just(sent)) : ByteBufFlux.fromString(Mono.empty()))
			.responseSingle((response, body) -> body.asByteArray()
				.defaultIfEmpty(new byte[0])
				.map((bytes) -> (Answer) new HeldAnswer(response, bytes, this.unreleased))
				.doOnNext((_) -> this.unreleased.incrementAndGet()))
			.onErrorMap((ex) -> new UpstreamException.UpstreamUnreachable("no answer", ex));
	}

	private record HeldAnswer(HttpClientResponse response, byte[] content, AtomicInteger unreleased) implements Answer {

		@Override
		public int status() {
			return this.response.status().code();
		}

		@Override
		public HttpHeaders headers() {
			return this.response.responseHeaders();
		}

		@Override
		public Reach reach() {
			return Reach.LOOPBACK;
		}

		@Override
		public Flux<ByteBuf> body() {
			return Flux.error(new UnsupportedOperationException());
		}

		@Override
		public Mono<HeldBytes> held(int limit) {
			return (this.content.length <= limit) ? Mono.just(HeldBytes.of(this.content))
					: Mono.error(new UpstreamException.InvalidAnswer("larger than " + limit + " bytes"));
		}

		@Override
		public void release() {
			this.unreleased.decrementAndGet();
		}

	}

}
