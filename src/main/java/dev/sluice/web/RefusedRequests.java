package dev.sluice.web;

import reactor.core.publisher.Mono;

import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Answers requests to the management port that {@link FrontDoor} refused; lets all others
 * pass. Thread-safe.
 */
public final class RefusedRequests implements WebFilter {

	private final ErrorWriter errors = new ErrorWriter();

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		return Refusal.failure(exchange.getRequest().getHeaders())
			.map((failure) -> this.errors.write(exchange, failure))
			.orElseGet(() -> chain.filter(exchange));
	}

}
