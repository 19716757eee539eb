package dev.sluice.console;

import java.net.InetSocketAddress;
import java.util.Map;

import dev.sluice.diagnose.Explainer;
import reactor.core.publisher.Mono;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * {@code GET /actuator/explain?image=…}: how a pull of an image goes, as JSON. For
 * callers on this machine alone: it asks upstreams, and says as whom. Thread-safe.
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
		boolean local = request.remoteAddress()
			.map(InetSocketAddress::getAddress)
			.filter((address) -> address.isLoopbackAddress())
			.isPresent();
		if (!local) {
			return answer(HttpStatus.FORBIDDEN, Map.of("error",
					"only for callers on Sluice's own machine; in a container there is its command: explain IMAGE"));
		}
		return request.queryParam("image")
			.filter((image) -> !image.isBlank())
			.map((image) -> this.explainer.explain(image).flatMap((explanation) -> answer(HttpStatus.OK, explanation)))
			.orElseGet(() -> answer(HttpStatus.BAD_REQUEST,
					Map.of("error", "name an image: /actuator/explain?image=ghcr.io/acme/app:1")));
	}

	private static Mono<ServerResponse> answer(HttpStatus status, Object body) {
		return ServerResponse.status(status)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(JSON.writeValueAsString(body));
	}

}
