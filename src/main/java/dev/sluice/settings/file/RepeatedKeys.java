package dev.sluice.settings.file;

import java.io.IOException;
import java.io.StringReader;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Finds settings that stand twice in one place, where Spring Boot would take the last one
 * without a word.
 */
public final class RepeatedKeys {

	private static final Pattern DOCUMENT = Pattern.compile("(?m)^[#!]---\\s*$");

	/** What may be shown: anything else may be a part of a value, after a slip. */
	private static final Pattern SETTING = Pattern
		.compile("(?:sluice|server|management|spring|logging)[.\\[][A-Za-z0-9.\\[\\]_-]{1,200}");

	/** Each line so named is one more entry of a list. */
	private static final String ENTRY = "[]";

	private RepeatedKeys() {
	}

	/**
	 * Looks through the text of a file of properties.
	 * @param text the text, which is well formed
	 * @return what stands twice in one document, or empty
	 */
	static Optional<String> inProperties(String text) throws IOException {
		Optional<String> found = Optional.empty();
		for (String document : DOCUMENT.split(text, -1)) {
			Keys keys = new Keys();
			keys.load(new StringReader(document));
			found = found.or(() -> Optional.ofNullable(keys.repeated));
		}
		return found.map(RepeatedKeys::told);
	}

	/**
	 * Looks through settings, of which one may stand with its name in parts and once more
	 * with the whole name.
	 * @param document the settings as they were nested
	 * @return what stands twice, or empty
	 */
	public static Optional<String> in(Map<?, ?> document) {
		return repeated("", document, new HashSet<>()).map(RepeatedKeys::told);
	}

	private static Optional<String> repeated(String path, @Nullable Object value, Set<String> seen) {
		Optional<String> found = Optional.empty();
		if (value instanceof Map<?, ?> group) {
			for (Map.Entry<?, ?> entry : group.entrySet()) {
				found = found.or(() -> repeated(below(path, String.valueOf(entry.getKey())), entry.getValue(), seen));
			}
			return found;
		}
		if (value instanceof Collection<?> list) {
			int index = 0;
			for (Object inner : list) {
				String entry = path + "[" + index + "]";
				found = found.or(() -> repeated(entry, inner, seen));
				index++;
			}
			return found;
		}
		return seen.add(path) ? Optional.empty() : Optional.of(path);
	}

	private static String below(String path, String key) {
		return (path.isEmpty() || key.startsWith("[")) ? path + key : path + "." + key;
	}

	private static String told(String name) {
		String shown = SETTING.matcher(name).matches() ? "'" + name + "'" : "a key";
		return shown + " stands there a second time";
	}

	/** Remembers the first that comes again. */
	@SuppressWarnings("serial")
	private static final class Keys extends Properties {

		private @Nullable String repeated;

		@Override
		public synchronized @Nullable Object put(Object key, Object value) {
			Object before = super.put(key, value);
			if (before != null && this.repeated == null && !key.toString().endsWith(ENTRY)) {
				this.repeated = key.toString();
			}
			return before;
		}

	}

}
