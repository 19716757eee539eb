package dev.sluice.settings.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.sluice.settings.InvalidSettingException;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Refuses settings of Spring Boot's that are no user's to choose: with them Sluice would
 * come up without a part of itself, its checks among them, or elsewhere than it says.
 * Looked for in environment variables too, before anything is made of them.
 */
final class FixedSettingRule implements EnvironmentPostProcessor, Ordered {

	private static final Map<String, String> FIXED = fixed();

	/** What counts in any case, and may as well be set. */
	private static final Map<String, String> ANYWAY = Map.of("spring.main.lazy-initialization", "false",
			"spring.main.keep-alive", "false", "spring.main.register-shutdown-hook", "true",
			"spring.main.allow-bean-definition-overriding", "false", "spring.main.allow-circular-references", "false",
			"spring.main.web-application-type", "reactive", "spring.webflux.base-path", "/",
			"management.endpoints.web.base-path", "/actuator", "management.server.base-path", "/");

	/** After the settings were read. */
	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	/**
	 * Looks for them.
	 * @throws InvalidSettingException naming the first that is set
	 */
	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		Binder binder = Binder.get(environment);
		FIXED.forEach((property, reason) -> {
			List<String> values = binder.bind(property, Bindable.listOf(String.class)).orElse(List.of());
			boolean harmless = values.stream()
				.allMatch((value) -> value.isBlank() || value.equals(ANYWAY.get(property)));
			if (!harmless) {
				throw new InvalidSettingException(property + ": " + reason + ": leave it out");
			}
		});
	}

	private static Map<String, String> fixed() {
		Map<String, String> fixed = new LinkedHashMap<>();
		List.of("allow-bean-definition-overriding", "allow-circular-references", "cloud-platform", "keep-alive",
				"lazy-initialization", "register-shutdown-hook", "sources", "web-application-type")
			.forEach((name) -> fixed.put("spring.main." + name, "Sluice decides it itself"));
		fixed.put("spring.autoconfigure.exclude", "Sluice decides itself what it is made of");
		fixed.put("spring.webflux.base-path", "clients look for /v2/ at the root and nowhere else");
		String management = "management is at /actuator, where the image's health check, the chart's probes and"
				+ " explain look for it";
		fixed.put("management.endpoints.web.base-path", management);
		fixed.put("management.endpoints.web.path-mapping.health", management);
		fixed.put("management.endpoints.web.path-mapping.prometheus", management);
		String origins = "a request from a page of another origin is refused always, so that it has no effect";
		fixed.put("management.endpoints.web.cors.allowed-origins", origins);
		fixed.put("management.endpoints.web.cors.allowed-origin-patterns", origins);
		fixed.put("management.server.base-path", management);
		return fixed;
	}

}
