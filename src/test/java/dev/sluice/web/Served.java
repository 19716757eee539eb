package dev.sluice.web;

import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.server.WebHandler;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

/**
 * Puts a handler behind Reactor Netty, without Spring Boot.
 */
final class Served {

	private Served() {
	}

	/** Its codecs are made here: making them reads files, which no event loop may. */
	static ReactorHttpHandlerAdapter by(WebHandler handler) {
		return new ReactorHttpHandlerAdapter(
				WebHttpHandlerBuilder.webHandler(handler).codecConfigurer(ServerCodecConfigurer.create()).build());
	}

}
