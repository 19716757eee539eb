package dev.sluice.settings.check;

import java.util.ArrayList;
import java.util.List;

import dev.sluice.settings.InvalidSettingException;
import dev.sluice.settings.file.SettingsFileResolver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Looks through all settings as they were given, before Spring Boot binds them: what it
 * would overlook, or take for something else than a reader does, stops the start.
 */
final class SettingsCheck implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	private static final Logger LOG = LoggerFactory.getLogger(SettingsCheck.class);

	/**
	 * Looks through them.
	 * @throws InvalidSettingException naming the first that is wrong
	 */
	@Override
	public void initialize(ConfigurableApplicationContext context) {
		ConfigurableEnvironment environment = context.getEnvironment();
		checkFiles(environment);
		check(environment.getPropertySources());
		TopNameRule.check(environment.getPropertySources());
		NameSignRule.check(environment.getPropertySources());
		SpellingRule.check(environment.getPropertySources());
		PlaceholderRule placeholders = new PlaceholderRule(environment.getPropertySources());
		List<Setting> settings = checked(environment, placeholders);
		settings.forEach((setting) -> PathRule.check(setting, placeholders));
		placeholders.checkServers();
		SpringNames.check(environment.getPropertySources()).forEach(LOG::warn);
		PortRule.check(environment);
		AddressRule.check(environment);
		ManagementRule.check(environment);
		List<SpringSetting> ofSpring = SpringSetting.in(environment.getPropertySources(), placeholders);
		UnitRule.check(ofSpring);
		BoundRule.check(ofSpring);
		SpringNames.checkEffect(environment.getPropertySources());
		TlsFileRule.check(ofSpring);
		settings.forEach((setting) -> checkForm(setting, placeholders.resolved(setting.value())));
	}

	private static void checkForm(Setting setting, String value) {
		UnitRule.check(setting, value);
		DurationRule.check(setting, value);
	}

	private static List<Setting> checked(ConfigurableEnvironment environment, PlaceholderRule placeholders) {
		List<Setting> given = GivenSettings.in(environment);
		given.forEach(UnknownSettingRule::check);
		placeholders.check(given);
		EmptySettingRule.check(given, placeholders);
		List<Setting> settings = new ArrayList<>();
		List<Setting> dropped = new ArrayList<>();
		given.forEach((setting) -> (LeftEmpty.has(setting, placeholders) ? dropped : settings).add(setting));
		dropped.addAll(SettingLists.hidden(settings));
		DroppedSettings.takeOut(dropped, environment.getPropertySources());
		return settings;
	}

	private static void checkFiles(ConfigurableEnvironment environment) {
		SettingsFiles files = SettingsFiles.in(environment.getPropertySources());
		files.check();
		FileChoice choice = FileChoice.in(environment);
		choice.requireIn(files);
		choice.unread(files).forEach(LOG::warn);
		String named = environment.getProperty(SettingsFileResolver.PROPERTY, "");
		FilesInSight inSight = new FilesInSight(files, List.of(environment.getActiveProfiles()));
		inSight.requireNoOther(choice);
		inSight.unread(!named.isBlank()).ifPresent(LOG::warn);
		if (!named.isBlank() && !files.sought()) {
			throw new InvalidSettingException(SettingsFileResolver.PROPERTY, named, FileChoice.LOCATION + " or "
					+ FileChoice.NAME + " says what is read in its place: set one of them alone");
		}
	}

	private static void check(MutablePropertySources sources) {
		PropertySource<?> environment = sources.get(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
		if (environment != null) {
			SettingVariables variables = SettingVariables.of(environment);
			variables.check();
			variables.warning().ifPresent(LOG::warn);
			sources.replace(environment.getName(), SettingVariables.withoutServices(environment));
		}
	}

}
