package dev.sluice.credential.dockerconfig;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DockerConfigLocationTests {

	private static final Path HOME = Path.of("/home/dev");

	@Test
	void isBelowTheHomeDirectory() {
		assertThat(DockerConfigLocation.of(Map.of(), HOME).path()).isEqualTo(HOME.resolve(".docker/config.json"));
	}

	@Test
	void isWhereDockerConfigPoints() {
		assertThat(DockerConfigLocation.of(Map.of("DOCKER_CONFIG", "/etc/docker-login"), HOME).path())
			.isEqualTo(Path.of("/etc/docker-login/config.json"));
	}

	@Test
	void takesAnEmptyDockerConfigForNone() {
		assertThat(DockerConfigLocation.of(Map.of("DOCKER_CONFIG", ""), HOME).path())
			.isEqualTo(HOME.resolve(".docker/config.json"));
	}

}
