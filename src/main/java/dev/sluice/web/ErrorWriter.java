package dev.sluice.web;

import java.util.List;
import java.util.Map;

import dev.sluice.oci.RegistryException;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;

/**
 * Writes failures as OCI error bodies (distribution spec, "Error Codes"). Once a response
 * has begun, nothing can be said any more: the connection ends short. Thread-safe.
 */
final class ErrorWriter {

	private static final Logger LOG = LoggerFactory.getLogger(ErrorWriter.class);

	private static final JsonMapper JSON = new JsonMapper();

	/**
	 * Answers with a failure.
	 * @param exchange the exchange
	 * @param failure why
	 * @param record what is noted of the request
	 * @return done; a {@link CutShortException} if the response had begun
	 */
	Mono<Void> write(ServerWebExchange exchange, Throwable failure, RequestRecord record) {
		record.failed(failure);
		ServerHttpResponse response = exchange.getResponse();
		if (response.isCommitted()) {
			resetUnlessFramed(response);
			return Mono.error(new CutShortException());
		}
		ErrorStatus status = status(exchange, failure);
		byte[] body = body(status);
		record.sent(isHead(exchange) ? 0 : body.length);
		return write(exchange, status, body);
	}

	/**
	 * Answers with a failure of which nothing is noted.
	 * @param exchange the exchange, nothing of it answered yet
	 * @param failure why
	 * @return done
	 */
	Mono<Void> write(ServerWebExchange exchange, RegistryException failure) {
		ErrorStatus status = ErrorStatus.of(failure);
		return write(exchange, status, body(status));
	}

	/**
	 * In HTTP/1.0 a body may end with the connection alone: an orderly end would then say
	 * that this was all of it (RFC 9112, 8).
	 */
	private static void resetUnlessFramed(ServerHttpResponse response) {
		HttpHeaders headers = response.getHeaders();
		if (headers.containsHeader(HttpHeaders.CONTENT_LENGTH)
				|| headers.containsHeader(HttpHeaders.TRANSFER_ENCODING)) {
			return;
		}
		HttpServerResponse server = ServerHttpResponseDecorator.getNativeResponse(response);
		server.withConnection((connection) -> {
			Channel client = connection.channel();
			if (client.eventLoop().inEventLoop()) {
				reset(client);
			}
			else {
				client.eventLoop().execute(() -> reset(client));
			}
		});
	}

	/** Its closing follows. */
	private static void reset(Channel client) {
		if (client.isActive()) {
			client.config().setOption(ChannelOption.SO_LINGER, 0);
		}
	}

	private static ErrorStatus status(ServerWebExchange exchange, Throwable failure) {
		if (failure instanceof RegistryException known) {
			return ErrorStatus.of(known);
		}
		String id = exchange.getRequest().getId();
		LOG.error("request {} failed by a fault of Sluice's own", id, failure);
		return ErrorStatus.bug(id);
	}

	private static byte[] body(ErrorStatus status) {
		return JSON
			.writeValueAsBytes(Map.of("errors", List.of(Map.of("code", status.code(), "message", status.message()))));
	}

	private static boolean isHead(ServerWebExchange exchange) {
		return exchange.getRequest().getMethod().equals(HttpMethod.HEAD);
	}

	private static Mono<Void> write(ServerWebExchange exchange, ErrorStatus status, byte[] body) {
		ServerHttpResponse response = exchange.getResponse();
		response.getHeaders().clear();
		response.setStatusCode(HttpStatusCode.valueOf(status.status()));
		response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
		response.getHeaders().setContentLength(body.length);
		response.getHeaders().set("Docker-Distribution-Api-Version", "registry/2.0");
		status.headers().forEach(response.getHeaders()::set);
		if (isHead(exchange)) {
			return response.setComplete();
		}
		// on the heap: Spring releases a buffer twice whose client leaves just now
		return response.writeWith(Mono.just(DefaultDataBufferFactory.sharedInstance.wrap(body)));
	}

}
