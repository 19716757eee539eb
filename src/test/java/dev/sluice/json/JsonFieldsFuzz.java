package dev.sluice.json;

import dev.sluice.testing.LinearTime;

/** JSON that anybody may have written. */
public final class JsonFieldsFuzz {

	private static final FieldPaths WANTED = FieldPaths.of("mediaType", "errors[0].message",
			"manifests[*].platform.os");

	private JsonFieldsFuzz() {
	}

	public static void fuzzerTestOneInput(byte[] text) {
		LinearTime.spend(() -> JsonFields.read(text, WANTED).text("manifests[0].platform.os"));
	}

}
