package dev.sluice.testing;

import java.util.LinkedHashMap;
import java.util.Map;

import tools.jackson.databind.json.JsonMapper;

/**
 * JSON bodies, members in the order given. Thread-safe.
 */
final class Json {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private Json() {
	}

	static ByteSource of(Object value) {
		return ByteSource.of(MAPPER.writeValueAsBytes(value));
	}

	static Map<String, Object> object(Object... namesAndValues) {
		Map<String, Object> object = new LinkedHashMap<>();
		for (int index = 0; index < namesAndValues.length; index += 2) {
			object.put((String) namesAndValues[index], namesAndValues[index + 1]);
		}
		return object;
	}

}
