package dev.sluice.cli;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Findings for machines.
 */
final class Json {

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.enable(EnumFeature.WRITE_ENUMS_USING_TO_STRING)
		.enable(SerializationFeature.INDENT_OUTPUT)
		.build();

	private Json() {
	}

	static String of(Object findings) {
		return MAPPER.writeValueAsString(findings) + "\n";
	}

}
