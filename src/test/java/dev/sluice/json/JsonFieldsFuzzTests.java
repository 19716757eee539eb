package dev.sluice.json;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sluice.testing.LinearTime;

class JsonFieldsFuzzTests {

	private static final FieldPaths WANTED = FieldPaths.of("mediaType", "errors[0].message",
			"manifests[*].platform.os");

	@FuzzTest
	void readsAnything(byte[] text) {
		LinearTime.spend(() -> JsonFields.read(text, WANTED).text("manifests[0].platform.os"));
	}

}
