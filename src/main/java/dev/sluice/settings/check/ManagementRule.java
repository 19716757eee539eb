package dev.sluice.settings.check;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.sluice.settings.InvalidSettingException;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * What management shows: health always, for the image's check and the chart's probes ask
 * for it, and what else exists and may be read. Spring Boot overlooks the rest.
 */
final class ManagementRule {

	private static final String EXPOSED = "management.endpoints.web.exposure.include";

	private static final String HIDDEN = "management.endpoints.web.exposure.exclude";

	private static final String ALL = "*";

	private static final String HEALTH = "health";

	private static final String WANTED = "the image's health check and the chart's probes ask for health";

	/** What takes health or its probes away, and by which value. */
	private static final Map<String, String> LOST = Map.of("management.endpoint.health.access", "none",
			"management.endpoints.access.max-permitted", "none", "management.endpoint.health.probes.enabled", "false",
			"management.health.livenessstate.enabled", "false", "management.health.readinessstate.enabled", "false");

	/** An old name, which can't stand beside the new one that Sluice's defaults have. */
	private static final String OLD = "management.endpoints.enabled-by-default";

	private static final Pattern ENDPOINT = Pattern.compile("management\\.endpoint\\.(?<name>[a-z0-9-]+)\\.access");

	private final Binder settings;

	private ManagementRule(Binder settings) {
		this.settings = settings;
	}

	/**
	 * Checks the settings.
	 * @param environment all settings
	 * @throws InvalidSettingException naming the first that won't do
	 */
	static void check(Environment environment) {
		ManagementRule rule = new ManagementRule(Binder.get(environment));
		rule.refuseOld();
		LOST.forEach(rule::refuseLoss);
		rule.checkShown();
	}

	private void refuseOld() {
		String value = text(OLD);
		if (!value.isEmpty()) {
			throw new InvalidSettingException(OLD, value, "it is an old name: write management.endpoints.access.default"
					+ " in its place, none, read-only or unrestricted");
		}
	}

	private void refuseLoss(String property, String loss) {
		String value = text(property);
		if (value.strip().equalsIgnoreCase(loss)) {
			throw new InvalidSettingException(property, value, WANTED + ": leave it out");
		}
	}

	private void checkShown() {
		List<String> hidden = texts(HIDDEN);
		if (hidden.contains(HEALTH) || hidden.contains(ALL)) {
			throw new InvalidSettingException(HIDDEN, String.join(", ", hidden), WANTED + ": leave that out");
		}
		List<String> shown = texts(EXPOSED);
		shown.stream().filter((name) -> !isUsual(name)).forEach((name) -> requireReadable(name, endpoints()));
		if (!shown.contains(HEALTH) && !shown.contains(ALL)) {
			throw new InvalidSettingException(EXPOSED, String.join(", ", shown), WANTED + ": add it");
		}
	}

	private static boolean isUsual(String name) {
		return name.equals(ALL) || name.equals(HEALTH) || name.equals("prometheus");
	}

	private void requireReadable(String name, Set<String> endpoints) {
		String same = name.replaceAll("[.-]", "").toLowerCase(Locale.ROOT);
		if (!endpoints.contains(same)) {
			throw new InvalidSettingException(EXPOSED, name,
					"there is no such endpoint; there are " + String.join(", ", endpoints));
		}
		String access = "management.endpoint." + same + ".access";
		String given = text(access).isEmpty() ? text("management.endpoints.access.default") : text(access);
		if (given.strip().equalsIgnoreCase("none")) {
			throw new InvalidSettingException(EXPOSED, name,
					"nobody may read it: set " + access + "=read-only too, or leave it out");
		}
	}

	private static Set<String> endpoints() {
		return SpringMetadata.types()
			.keySet()
			.stream()
			.map((name) -> ENDPOINT.matcher(name.toString()))
			.filter(Matcher::matches)
			.map((name) -> name.group("name"))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private String text(String property) {
		return this.settings.bind(property, String.class).orElse("");
	}

	private List<String> texts(String property) {
		return this.settings.bind(property, Bindable.listOf(String.class)).orElse(List.of());
	}

}
