package dev.sluice.web;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Function;

import dev.sluice.pull.Origin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.netty.http.server.HttpServerRequest;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;

/**
 * Writes one line a request (logger {@code sluice.access}) with all that is needed to
 * know why it ended as it did, and tells the listener. Of the query only {@code ns} is
 * shown. Thread-safe.
 */
final class AccessLog {

	private static final Logger LOG = LoggerFactory.getLogger("sluice.access");

	private final RequestListener listener;

	private final TrustedProxies proxies;

	AccessLog(RequestListener listener, TrustedProxies proxies) {
		this.listener = listener;
		this.proxies = proxies;
	}

	/**
	 * Follows a request to its end.
	 * @param exchange the exchange
	 * @param answer answers it, and notes what is to be known of that
	 * @return what answers it, observed
	 */
	Mono<Void> around(ServerWebExchange exchange, Function<RequestRecord, Mono<Void>> answer) {
		return Mono.defer(() -> {
			RequestRecord record = new RequestRecord();
			this.listener.started();
			exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(record::committed));
			return answer.apply(record)
				.doOnError(record::failed)
				.doFinally((signal) -> finish(exchange, record, signal));
		});
	}

	private void finish(ServerWebExchange exchange, RequestRecord record, SignalType signal) {
		int status = Optional.ofNullable(exchange.getResponse().getStatusCode()).map((code) -> code.value()).orElse(0);
		this.listener.finished(record.operation(), status, record.origin(), record.bytes(), record.millis());
		LOG.atInfo().log(() -> line(exchange.getRequest(), record, status, signal));
	}

	private String line(ServerHttpRequest request, RequestRecord record, int status, SignalType signal) {
		LogLine line = new LogLine().add("method", request.getMethod().name())
			.add("path", request.getPath().value())
			.add("ns", request.getQueryParams().getFirst("ns"))
			.add("status", Integer.toString(status))
			.add("end", end(record, signal))
			.add("bytes", Long.toString(record.bytes()))
			.add("from", (record.origin() != Origin.NONE) ? record.origin().word() : "")
			.add("first_byte_ms", Long.toString(record.millisToFirstByte()))
			.add("ms", Long.toString(record.millis()))
			.add("client", client(request));
		record.registry().ifPresent((registry) -> line.add("registry", registry.toString()));
		record.repository().ifPresent((repository) -> line.add("repository", repository.toString()));
		return line.add("endpoint", record.from().endpoint())
			.add("credential", record.from().inWords())
			.add("cause", record.cause().map(AccessLog::describe).orElse(""))
			.add("agent", request.getHeaders().getFirst(HttpHeaders.USER_AGENT))
			.add("id", request.getId())
			.toString();
	}

	/** If a client leaves while it is written to, the writing seems to have completed. */
	private static String end(RequestRecord record, SignalType signal) {
		if (record.isAbandoned() || signal == SignalType.CANCEL) {
			return "client-left";
		}
		return (signal == SignalType.ON_ERROR) ? "cut-short" : "whole";
	}

	private static String describe(Throwable cause) {
		return cause.getClass().getSimpleName() + ": " + String.valueOf(cause.getMessage());
	}

	/**
	 * By the socket, whatever forwarded headers Spring or Reactor Netty may be set to
	 * believe.
	 */
	private String client(ServerHttpRequest request) {
		HttpServerRequest connected = ServerHttpRequestDecorator.getNativeRequest(request);
		return Optional.ofNullable(connected.connectionRemoteAddress())
			.map((peer) -> ((InetSocketAddress) peer).getAddress())
			.map((peer) -> this.proxies.clientOf(peer, request.getHeaders()).getHostAddress())
			.orElse("");
	}

}
