package dev.sluice.wiring;

import java.util.Optional;

import dev.sluice.settings.SluiceProperties;
import dev.sluice.settings.check.ListenRule;
import dev.sluice.settings.check.ServerRule;
import dev.sluice.settings.check.SettingRules;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
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
		server.ifAvailable((it) -> ListenRule.check(it.getAddress(), properties.access().open()));
		server.ifAvailable(ServerRule::check);
	}

}
