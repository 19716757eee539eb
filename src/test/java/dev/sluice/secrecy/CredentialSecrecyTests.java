package dev.sluice.secrecy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.sluice.settings.SluiceProperties;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Credentials in variables, settings, files and a config tree show nowhere: not in the
 * log at TRACE, the start included, nor in management's {@code env} and
 * {@code configprops}, even where somebody turns these on with all values.
 */
@ExtendWith(OutputCaptureExtension.class)
class CredentialSecrecyTests {

	private static final String C = "sluice.upstreams[%d].credential.";

	private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

	private final Level level = this.root.getLevel();

	@AfterEach
	void quieten() {
		this.root.setLevel(this.level);
	}

	@Test
	void noSecretIsLoggedOrShown(@TempDir Path directory, CapturedOutput output) throws Exception {
		Path file = Files.writeString(directory.resolve("file"), "file-s3cret");
		Path tree = Files.createDirectory(directory.resolve("tree"));
		Files.writeString(tree.resolve("corp.key"), "tree-s3cret");
		try (TestRegistry registry = TestRegistry.basic("robot", "variable-s3cret")
			.push("acme/app", "1", TestImage.random());
				RunningSluice sluice = start(registry, file, tree);
				TestClient client = TestClient.of(sluice.uri("").toString());
				TestClient management = TestClient.of(sluice.managementUri("").toString())) {
			assertThat(client.get("/v2/" + registry.authority() + "/acme/app/manifests/1").statusCode()).isEqualTo(200);
			for (String name : new String[] { "a", "b", "c" }) {
				assertThat(client.get("/v2/" + name + ".example.test/acme/app/manifests/1").statusCode())
					.as("%s: its own login is refused, and the variables' is the next", name)
					.isEqualTo(200);
			}
			for (String path : new String[] { "env", "configprops", "env/SLUICE_REGISTRY_PASSWORD", "health" }) {
				var answer = management.get("/actuator/" + path);
				assertThat(answer.statusCode()).as(path).isEqualTo(200);
				assertThat(TestClient.text(answer)).as(path).doesNotContain("s3cret");
			}
			assertThat(TestClient.text(management.get("/actuator/env"))).contains("robot-shown");
			assertThat(sluice.bean(SluiceProperties.class).toString()).doesNotContain("s3cret");
		}
		assertThat(output.getAll()).contains("TRACE").doesNotContain("s3cret");
	}

	private static RunningSluice start(TestRegistry registry, Path file, Path tree) {
		String endpoint = ".endpoints=" + registry.url();
		return RunningSluice.in(
				Map.of("SLUICE_REGISTRY_HOSTNAME", registry.authority(), "SLUICE_REGISTRY_USERNAME", "robot",
						"SLUICE_REGISTRY_PASSWORD", "variable-s3cret"),
				"logging.level.root=trace", "management.endpoints.web.exposure.include=*",
				"management.endpoint.env.access=read-only", "management.endpoint.env.show-values=always",
				"management.endpoint.configprops.access=read-only",
				"management.endpoint.configprops.show-values=always", "sluice.host-names=robot-shown",
				"spring.config.import=configtree:" + tree + "/", "sluice.upstreams[0].name=a.example.test",
				"sluice.upstreams[0]" + endpoint, C.formatted(0) + "username=robot",
				C.formatted(0) + "password=setting-s3cret", "sluice.upstreams[1].name=b.example.test",
				"sluice.upstreams[1]" + endpoint, C.formatted(1) + "username=robot",
				C.formatted(1) + "password-file=" + file, "sluice.upstreams[2].name=c.example.test",
				"sluice.upstreams[2]" + endpoint, C.formatted(2) + "registry-token=${corp.key}");
	}

}
