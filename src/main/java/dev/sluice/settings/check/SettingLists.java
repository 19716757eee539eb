package dev.sluice.settings.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import dev.sluice.settings.InvalidSettingException;
import dev.sluice.settings.file.FileSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.PropertySource;

/**
 * A list is taken whole from the first source that has any of it. So a list of which two
 * sources have a part is refused, or warned of where its entries are single values, and
 * so is one with a gap.
 */
final class SettingLists {

	private static final Logger LOG = LoggerFactory.getLogger(SettingLists.class);

	private static final String PROFILE = "spring.config.activate.on-profile";

	private final Map<ConfigurationPropertyName, Map<PropertySource<?>, List<Setting>>> lists = new LinkedHashMap<>();

	private SettingLists() {
	}

	/**
	 * Checks all lists.
	 * @param settings all settings, from the source that counts first to the last
	 * @return those of a list that another place has too, and that count for nothing
	 * @throws InvalidSettingException naming the list and both places
	 */
	static List<Setting> hidden(List<Setting> settings) {
		SettingLists lists = new SettingLists();
		List<Setting> hidden = new ArrayList<>();
		settings.forEach(lists::add);
		lists.lists.forEach((name, places) -> {
			places.values().forEach((entries) -> requireNoGap(name, entries));
			List<List<Setting>> all = List.copyOf(places.values());
			if (all.size() > 1 && !isMeant(all.getFirst().getFirst().source()) && !isReadTwice(all)) {
				split(name, all.getFirst().getFirst(), all.get(1).getFirst());
			}
			all.stream().skip(1).forEach(hidden::addAll);
		});
		return hidden;
	}

	/** Another profile's document is there to take the place of the usual one. */
	private static boolean isMeant(PropertySource<?> first) {
		return first instanceof FileSettings && first.getProperty(PROFILE) != null;
	}

	/** Found in the working directory, and named to Spring Boot once more. */
	private static boolean isReadTwice(List<List<Setting>> all) {
		return all.size() == 2 && all.getFirst().getFirst().source() instanceof FileSettings found
				&& all.getLast().getFirst().source() instanceof FileSettings named
				&& found.file().path().equals(named.file().path()) && found.getSource().equals(named.getSource());
	}

	private void add(Setting setting) {
		for (int length = 2; length <= setting.name().getNumberOfElements(); length++) {
			ConfigurationPropertyName name = setting.name().chop(length);
			if (KnownSettings.type(name).filter(KnownSettings::isList).isPresent()) {
				this.lists.computeIfAbsent(name, (_) -> new LinkedHashMap<>())
					.computeIfAbsent(setting.source(), (_) -> new ArrayList<>())
					.add(setting);
				return;
			}
		}
	}

	private static void requireNoGap(ConfigurationPropertyName list, List<Setting> entries) {
		TreeSet<Integer> indices = new TreeSet<>();
		int at = list.getNumberOfElements();
		entries.stream()
			.filter((entry) -> entry.name().getNumberOfElements() > at && entry.name().isNumericIndex(at))
			.forEach((entry) -> indices
				.add(Integer.valueOf(entry.name().getElement(at, ConfigurationPropertyName.Form.ORIGINAL))));
		if (!indices.isEmpty() && indices.last() != indices.size() - 1) {
			throw new InvalidSettingException(
					entries.getFirst().written() + ": the entries of " + list + " are numbered from 0 without a gap");
		}
	}

	private static void split(ConfigurationPropertyName list, Setting counts, Setting hidden) {
		boolean oneFile = counts.place().equals(hidden.place());
		String both = list + " is set in " + (oneFile ? "two documents of " + counts.place()
				: counts.place() + " (" + counts.written() + ") and in " + hidden.place());
		ResolvableType entry = KnownSettings.type(list).orElseThrow().asCollection().getGeneric(0);
		if (KnownSettings.names(entry).isEmpty()) {
			LOG.warn("{}: a list is taken whole, so that only the {} counts", both, oneFile ? "last" : "first");
			return;
		}
		throw new InvalidSettingException(both + ": a list is taken whole from one place, so that the other would count"
				+ " for nothing; write it in one of them (in a file a value may be a placeholder, ${OTHER_VARIABLE})");
	}

}
