package dev.sluice;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;

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

}
