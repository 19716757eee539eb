package dev.sluice.wiring;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;

/**
 * Tunes the management's server as the registry's: its context inherits beans, but no
 * customizer. Spring Boot finds this class by the {@code .imports} file of its
 * annotation.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
class ManagementServer {

	@Bean
	WebServerFactoryCustomizer<NettyReactiveWebServerFactory> managementServerTuning(ServerTuning tuning) {
		return tuning;
	}

	/**
	 * Its answers come from other threads than the connection's. There, a client that
	 * leaves while its answer begins makes Spring release the answer's buffer twice
	 * ({@code AbstractServerHttpResponse}: at the error and at the cancellation), and a
	 * pooled buffer may be somebody else's by then. One on the heap belongs to nobody.
	 */
	@Bean
	HttpHandlerDecoratorFactory answersOnHeap() {
		return (handler) -> (request, response) -> handler.handle(request, new ServerHttpResponseDecorator(response) {

			@Override
			public DataBufferFactory bufferFactory() {
				return DefaultDataBufferFactory.sharedInstance;
			}

		});
	}

}
