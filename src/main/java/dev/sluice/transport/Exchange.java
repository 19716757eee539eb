package dev.sluice.transport;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import dev.sluice.oci.ContentRange;
import dev.sluice.transport.TransportSettings.EgressProxy;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

/**
 * One request and its answer.
 *
 * @param request what is asked
 * @param target of whom
 * @param settings the upstream's settings
 * @param userAgent what we call ourselves
 * @param memory for an answer's body, if it is held
 */
record Exchange(OutboundRequest request, Origin target, TransportSettings settings, String userAgent,
		HeldMemory.Share memory) {

	/**
	 * Sends the request straight to its target.
	 * @param lane the connections to use
	 * @param extra further headers; the request's own come first
	 * @return the answer
	 */
	Mono<Answer> direct(Lane lane, Map<String, String> extra) {
		return run(lane, (it) -> Mono.fromSupplier(it::direct), extra, (channel) -> reach(channel, lane.guard()),
				new FailureMessages(this.target.toString(), this.settings));
	}

	/**
	 * Sends the request through an egress proxy. The guard sees the host only as it is
	 * written.
	 * @param lane the connections to use
	 * @param proxy the proxy
	 * @param address the proxy's address
	 * @param extra further headers; the request's own come first
	 * @return the answer
	 */
	Mono<Answer> byProxy(EgressProxy proxy, Mono<InetSocketAddress> address, Lane lane, Map<String, String> extra) {
		Reach reach = lane.guard().checkUnresolved(this.target.host());
		return run(lane, (it) -> address.map((resolved) -> it.byProxy(proxy, resolved, this.settings.connectTimeout())),
				extra, (channel) -> reach,
				new FailureMessages(this.target + " by egress proxy " + proxy, this.settings));
	}

	/**
	 * A connection may be closed before its next request is written. What breaks on such
	 * a one before a byte of its answer came is asked once more, over a connection that
	 * served nobody before.
	 */
	private Mono<Answer> run(Lane lane, Function<Lane, Mono<HttpClient>> client, Map<String, String> extra,
			Function<Channel, Reach> reach, FailureMessages failures) {
		return Mono.defer(() -> {
			AtomicReference<FirstByte> first = new AtomicReference<>(FirstByte.NONE);
			return attempt(client.apply(lane), first, extra, reach, failures)
				.onErrorResume(
						(failure) -> first.get().mayComeElsewhere() && isRepeatable()
								&& FailureMessages.isBreakdown(failure),
						(_) -> attempt(client.apply(lane.withoutPool()), first, extra, reach, failures))
				.onErrorMap(
						(failure) -> first.get().hasCome() ? failures.inHead(failure) : failures.beforeAnswer(failure));
		});
	}

	private Mono<Answer> attempt(Mono<HttpClient> client, AtomicReference<FirstByte> first, Map<String, String> extra,
			Function<Channel, Reach> reach, FailureMessages failures) {
		return new Handover((receiver) -> client.flatMapMany((it) -> request(it.doOnRequest((sent, connection) -> {
			first.set(connection.channel().pipeline().get(AnswerCodec.class).expectAnswer());
			receiver.runsOver(connection);
		}), extra).responseConnection((response, connection) -> {
			NettyAnswer answer = answer(response, connection, reach, failures);
			Optional<String> coded = TransferCodings.unreadable(response.responseHeaders());
			if (coded.isPresent()) {
				answer.close();
				return Flux.error(failures.coded(coded.get()));
			}
			receiver.accept(answer);
			return Flux.empty();
		})));
	}

	private HttpClient.ResponseReceiver<?> request(HttpClient client, Map<String, String> extra) {
		return withBody(client.headers((headers) -> fill(headers, extra))
			.disableRetry(true)
			.request(this.request.method())
			.uri(this.target.scheme() + "://" + this.target.host() + ":" + port() + this.request.url().target()));
	}

	private HttpClient.ResponseReceiver<?> withBody(HttpClient.RequestSender sender) {
		String body = this.request.body();
		if (body == null) {
			return sender;
		}
		return sender.send(Mono.<ByteBuf>fromSupplier(() -> Unpooled.copiedBuffer(body, StandardCharsets.UTF_8)));
	}

	private void fill(HttpHeaders headers, Map<String, String> extra) {
		SendableHeaders.check(extra.entrySet(), this.target);
		SendableHeaders.check(this.request.headers(), this.target);
		headers.set(HttpHeaderNames.USER_AGENT, this.userAgent);
		extra.forEach(headers::set);
		this.request.headers().names().forEach((name) -> headers.set(name, this.request.headers().getAll(name)));
		headers.set(HttpHeaderNames.HOST, this.target.authority());
		headers.set(HttpHeaderNames.ACCEPT_ENCODING, HttpHeaderValues.IDENTITY);
		String body = this.request.body();
		if (body != null) {
			if (!this.request.headers().contains(HttpHeaderNames.CONTENT_TYPE)) {
				headers.set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_X_WWW_FORM_URLENCODED);
			}
			headers.set(HttpHeaderNames.CONTENT_LENGTH, body.getBytes(StandardCharsets.UTF_8).length);
		}
	}

	/** Reactor Netty wants two digits at least. */
	private String port() {
		return (this.target.port() < 10) ? "0" + this.target.port() : Integer.toString(this.target.port());
	}

	private NettyAnswer answer(HttpClientResponse response, Connection connection, Function<Channel, Reach> reach,
			FailureMessages failures) {
		Channel channel = connection.channel();
		long length = bodyLength(response);
		BodyStream stream = new BodyStream(connection, channel.pipeline().get(ReadGate.class), length, failures);
		NettyAnswer answer = new NettyAnswer(response.status().code(), response.responseHeaders(), reach.apply(channel),
				channel, length, stream, failures, this.memory);
		answer.expireUntouched(channel.eventLoop(), this.settings.idleTimeout());
		return answer;
	}

	private long bodyLength(HttpClientResponse response) {
		int status = response.status().code();
		boolean bodiless = this.request.method().equals(HttpMethod.HEAD) || status == 204 || status == 304;
		String length = response.responseHeaders().get(HttpHeaderNames.CONTENT_LENGTH);
		if (bodiless) {
			return BodyStream.UNKNOWN_LENGTH;
		}
		return (length != null) ? Long.parseLong(length) : partLength(response);
	}

	/**
	 * A part in chunks, or one that the connection ends with, has a length all the same.
	 */
	private static long partLength(HttpClientResponse response) {
		String range = response.responseHeaders().get(HttpHeaderNames.CONTENT_RANGE);
		return (response.status().code() == 206 && range != null)
				? ContentRange.parsePart(range).map(ContentRange.Part::size).orElse(BodyStream.UNKNOWN_LENGTH)
				: BodyStream.UNKNOWN_LENGTH;
	}

	private static Reach reach(Channel channel, AddressGuard guard) {
		return (channel.remoteAddress() instanceof InetSocketAddress remote) ? guard.reach(remote.getAddress())
				: Reach.PUBLIC;
	}

	private boolean isRepeatable() {
		return this.request.method().equals(HttpMethod.GET) || this.request.method().equals(HttpMethod.HEAD);
	}

}
