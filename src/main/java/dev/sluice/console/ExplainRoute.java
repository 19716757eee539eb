package dev.sluice.console;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;

import dev.sluice.diagnose.Explainer;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * {@code GET /actuator/explain?image=…}: how a pull of an image goes, as JSON. For
 * callers on this machine alone, and through no proxy: it asks upstreams, and says as
 * whom. Thread-safe.
 */
public final class ExplainRoute {

	private static final JsonMapper JSON = JsonMapper.builder().enable(EnumFeature.WRITE_ENUMS_USING_TO_STRING).build();

	private final Explainer explainer;

	public ExplainRoute(Explainer explainer) {
		this.explainer = explainer;
	}

	/**
	 * The route.
	 * @return a route for the management port
	 */
	public RouterFunction<ServerResponse> route() {
		return RouterFunctions.route().GET("/actuator/explain", this::explain).build();
	}

	private Mono<ServerResponse> explain(ServerRequest request) {
		Optional<String> proxied = proxied(request);
		if (proxied.isPresent()) {
			return answer(HttpStatus.FORBIDDEN, Map.of("error", "only for callers on Sluice's own machine, and this"
					+ " request came by way of a proxy (" + proxied.get() + "); there is a command: explain IMAGE"));
		}
		if (!isLocal(request)) {
			return answer(HttpStatus.FORBIDDEN, Map.of("error",
					"only for callers on Sluice's own machine; in a container there is its command: explain IMAGE"));
		}
		return request.queryParam("image")
			.filter((image) -> !image.isBlank())
			.map((image) -> this.explainer.explain(image).flatMap((explanation) -> answer(HttpStatus.OK, explanation)))
			.orElseGet(() -> answer(HttpStatus.BAD_REQUEST,
					Map.of("error", "name an image: /actuator/explain?image=ghcr.io/acme/app:1")));
	}

	/** By the socket's address: anybody may write a header. */
	private static boolean isLocal(ServerRequest request) {
		HttpServerRequest connected = ServerHttpRequestDecorator.getNativeRequest(request.exchange().getRequest());
		return connected.connectionRemoteAddress() instanceof InetSocketAddress peer
				&& peer.getAddress().isLoopbackAddress();
	}

	/** A sidecar or a reverse proxy on the same machine looks local, whoever asked it. */
	private static Optional<String> proxied(ServerRequest request) {
		return request.headers().asHttpHeaders().headerNames().stream().filter(ProxyHeaders::isOne).findFirst();
	}

	private static Mono<ServerResponse> answer(HttpStatus status, Object body) {
		return ServerResponse.status(status)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(JSON.writeValueAsString(body));
	}

}
