package dev.sluice.settings.file;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps the groups of settings that are there and empty, {@code credential: {}}: Spring
 * would leave them out, and nobody could tell that they were written. So it does with
 * lists that are empty ({@link EmptyList}), which Spring takes for an empty text.
 */
final class EmptyGroups {

	private EmptyGroups() {
	}

	/**
	 * Puts an empty text in their place.
	 * @param document a document of settings
	 * @return the same, but for those of Sluice's
	 */
	static Map<String, Object> kept(Map<String, Object> document) {
		Map<String, Object> kept = new LinkedHashMap<>(document);
		kept.replaceAll((name, value) -> (value != null && name.startsWith("sluice")) ? kept(value) : value);
		return kept;
	}

	private static Object kept(Object value) {
		return switch (value) {
			case Map<?, ?> group when group.isEmpty() -> "";
			case List<?> list when list.isEmpty() -> new EmptyList();
			case Map<?, ?> group -> {
				Map<Object, Object> kept = new LinkedHashMap<>(group);
				kept.replaceAll((_, inner) -> (inner != null) ? kept(inner) : inner);
				yield kept;
			}
			case List<?> list -> list.stream().map((entry) -> (entry != null) ? kept(entry) : "").toList();
			default -> value;
		};
	}

}
