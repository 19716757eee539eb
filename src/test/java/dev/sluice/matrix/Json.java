package dev.sluice.matrix;

import tools.jackson.databind.json.JsonMapper;

/**
 * JSON text.
 */
final class Json {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private Json() {
	}

	static String of(Object value) {
		return MAPPER.writeValueAsString(value);
	}

}
