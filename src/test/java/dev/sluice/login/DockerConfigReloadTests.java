package dev.sluice.login;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A changed Docker config takes effect on pulls within five seconds, without a restart.
 */
class DockerConfigReloadTests {

	@Test
	void passwordChangedByRenameOrBySymlinkSwapTakesEffect(@TempDir Path directory) throws Exception {
		try (TestRegistry registry = TestRegistry.basic("robot", "right").push("acme/app", "1", TestImage.random())) {
			Path mount = Files.createDirectory(directory.resolve("mount"));
			mountSecret(mount, "first", registry, "wrong");
			Path config = Files.createSymbolicLink(mount.resolve("config.json"), Path.of("..data/config.json"));
			try (RunningSluice sluice = RunningSluice.before("registry.example.test", registry, config);
					TestClient client = TestClient.of(sluice.uri("").toString())) {
				awaitStatus(client, 403);
				mountSecret(mount, "second", registry, "right");
				awaitStatus(client, 200);
				mountSecret(mount, "third", registry, "wrong");
				awaitStatus(client, 403);
				Path login = RunningSluice.dockerConfig(directory, registry.authority(), "robot", "right");
				Files.move(login, config, StandardCopyOption.ATOMIC_MOVE);
				awaitStatus(client, 200);
			}
		}
	}

	/** As Kubernetes does: a new directory, and the link to it swapped by a rename. */
	private static void mountSecret(Path mount, String version, TestRegistry registry, String password)
			throws IOException {
		Path data = Files.createDirectory(mount.resolve(".." + version));
		RunningSluice.dockerConfig(data, registry.authority(), "robot", password);
		Path link = Files.createSymbolicLink(mount.resolve("..data_tmp"), data.getFileName());
		Files.move(link, mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
	}

	private static void awaitStatus(TestClient client, int status) {
		Awaitility.await()
			.pollInterval(Duration.ofMillis(50))
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(client.get("/v2/registry.example.test/acme/app/manifests/1").statusCode())
				.isEqualTo(status));
	}

}
