package dev.sluice.web;

import java.util.Optional;

import dev.sluice.oci.RegistryName;
import dev.sluice.pull.Pulled;
import io.netty.buffer.ByteBuf;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;

/**
 * Writes what was pulled: its headers, then its buffers as they arrive, none copied.
 * Thread-safe.
 */
final class PulledWriter {

	/**
	 * Writes an answer.
	 * @param exchange the exchange
	 * @param client what the client said
	 * @param pulled what it gets
	 * @return done when the last byte is handed to the connection
	 */
	Mono<Void> write(ServerWebExchange exchange, ClientRequest client, Pulled pulled) {
		ServerHttpResponse response = exchange.getResponse();
		response.setStatusCode(HttpStatusCode.valueOf(pulled.status()));
		writeHeaders(response.getHeaders(), client, pulled);
		if (client.isHead() || pulled.length().orElse(1) == 0) {
			pulled.release();
			return response.setComplete();
		}
		RequestRecord record = RequestRecord.of(exchange);
		NettyDataBufferFactory buffers = (NettyDataBufferFactory) response.bufferFactory();
		Flux<ByteBuf> counted = pulled.body().doOnNext((buffer) -> record.sent(buffer.readableBytes()));
		return response.writeWith(counted.map(buffers::wrap));
	}

	private static void writeHeaders(HttpHeaders headers, ClientRequest client, Pulled pulled) {
		headers.set("Docker-Distribution-Api-Version", "registry/2.0");
		pulled.headers().forEach(headers::set);
		Optional.ofNullable(pulled.headers().get(HttpHeaders.LINK))
			.flatMap(client::pageLink)
			.ifPresentOrElse((link) -> headers.set(HttpHeaders.LINK, link), () -> headers.remove(HttpHeaders.LINK));
		headers.set(HttpHeaders.CONTENT_TYPE, pulled.mediaType());
		pulled.length().ifPresent(headers::setContentLength);
		pulled.digest().ifPresent((digest) -> headers.set("Docker-Content-Digest", digest.toString()));
		client.namespace()
			.filter((ns) -> RegistryName.tryParse(ns).isPresent())
			.ifPresent((ns) -> headers.set("OCI-Namespace", ns));
	}

}
