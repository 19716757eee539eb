package dev.sluice.token;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import dev.sluice.transport.Origin;
import dev.sluice.transport.Url;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * A token server on loopback that keeps what it was asked and answers as told, right or
 * wrong: {@link dev.sluice.testing.TokenServer} answers by the book.
 */
final class ScriptedTokenServer implements AutoCloseable {

	final List<Asked> asked = new CopyOnWriteArrayList<>();

	private final DisposableServer server;

	private volatile Function<Asked, Mono<Reply>> behaviour = (asked) -> Mono
		.just(Reply.json(200, "{\"token\":\"t" + this.asked.size() + "\",\"expires_in\":300}"));

	ScriptedTokenServer() {
		this.server = HttpServer.create().host("127.0.0.1").port(0).handle(this::handle).bindNow();
	}

	void answers(Function<Asked, Reply> answer) {
		this.behaviour = (asked) -> Mono.fromSupplier(() -> answer.apply(asked));
	}

	void answersLater(Function<Asked, Mono<Reply>> answer) {
		this.behaviour = answer;
	}

	Origin origin() {
		return new Origin("http", "127.0.0.1", this.server.port());
	}

	Url realm() {
		return origin().resolve("/token");
	}

	private Mono<Void> handle(HttpServerRequest request, HttpServerResponse response) {
		return request.receive().aggregate().asString().defaultIfEmpty("").flatMap((form) -> {
			Asked asked = new Asked(request.method().name(), request.uri(), request.requestHeaders().copy(), form);
			this.asked.add(asked);
			return this.behaviour.apply(asked);
		}).flatMap((reply) -> {
			response.status(reply.status);
			reply.headers.forEach(response::header);
			return response.sendByteArray(Mono.just(reply.body.getBytes(StandardCharsets.UTF_8))).then();
		});
	}

	@Override
	public void close() {
		this.server.disposeNow();
	}

	record Asked(String method, String uri, HttpHeaders headers, String form) {

		@Nullable String authorization() {
			return this.headers.get("Authorization");
		}

	}

	record Reply(int status, Map<String, String> headers, String body) {

		static Reply json(int status, String body) {
			return new Reply(status, Map.of("Content-Type", "application/json"), body);
		}

		static Reply token(String token) {
			return json(200, "{\"token\":\"" + token + "\",\"expires_in\":300}");
		}

	}

}
