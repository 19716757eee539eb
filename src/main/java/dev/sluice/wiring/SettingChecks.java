package dev.sluice.wiring;

import java.util.Optional;

import dev.sluice.settings.SluiceProperties;
import dev.sluice.settings.check.ListenRule;
import dev.sluice.settings.check.ServerRule;
import dev.sluice.settings.check.SettingRules;
import dev.sluice.settings.check.StoreRule;
import dev.sluice.settings.check.TlsRule;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.server.ConfigurableWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What must hold of the settings before anything is made of them.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SluiceProperties.class)
class SettingChecks {

	SettingChecks(SluiceProperties properties, ObjectProvider<ServerProperties> server) {
		SettingRules.networks("sluice.trusted-proxies", properties.trustedProxies());
		Optional.ofNullable(properties.maxConnections())
			.ifPresent((most) -> SettingRules.positive("sluice.max-connections", most));
		StoreRule.check(properties.store(), properties.freshness());
		server.ifAvailable((it) -> ListenRule.check(it.getAddress(), properties.access().open()));
		server.ifAvailable(ServerRule::check);
	}

	/** As what makes a server is tuned: the server itself would fail in other words. */
	@Bean
	static WebServerFactoryCustomizer<ConfigurableWebServerFactory> tlsCheck(ObjectProvider<ServerProperties> server,
			ObjectProvider<ManagementServerProperties> management, ObjectProvider<SslBundles> bundles) {
		return (_) -> bundles.ifAvailable((named) -> {
			TlsRule.check(named);
			server.ifAvailable((it) -> TlsRule.check("server.ssl", it.getSsl(), named));
			management.ifAvailable((it) -> TlsRule.check("management.server.ssl", it.getSsl(), named));
		});
	}

}
