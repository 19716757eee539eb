package dev.sluice.oci;

import java.util.OptionalInt;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link RegistryName}.
 */
class RegistryNameTests {

	@ParameterizedTest
	@ValueSource(strings = { "docker.io", "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com",
			"Docker.IO", "docker.io:443", "index.docker.io:443" })
	void foldsEveryNameOfDockerHubIntoOne(String text) {
		assertThat(RegistryName.parse(text)).isEqualTo(RegistryName.DOCKER_HUB).hasToString("docker.io");
	}

	@ParameterizedTest
	@CsvSource({ "ghcr.io, ghcr.io", "GHCR.io, ghcr.io", "localhost, localhost", "localhost:5000, localhost:5000",
			"10.0.0.5:5000, 10.0.0.5:5000", "[::1], [::1]", "[::1]:5000, [::1]:5000", "my_host, my_host",
			"docker.io:5000, docker.io:5000", "a.example:05000, a.example:5000", "127.0.0.1:026102, 127.0.0.1:26102",
			"hub.docker.com, hub.docker.com", "ghcr.io:443, ghcr.io:443" })
	void readsHostAndPort(String text, String name) {
		assertThat(RegistryName.parse(text)).hasToString(name);
	}

	@Test
	void keepsHostAndPortApart() {
		assertThat(RegistryName.parse("a.example:5000")).isEqualTo(new RegistryName("a.example", OptionalInt.of(5000)));
		assertThat(RegistryName.parse("a.example:443")).isNotEqualTo(RegistryName.parse("a.example"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "https://ghcr.io", "ghcr.io/acme", "ghcr.io:", ":5000", "ghcr.io:0", "ghcr.io:000000",
			"ghcr.io:0065536", "ghcr.io:99999999999999999", "ghcr.io:65536", "ghcr.io:http", "user@ghcr.io", "ghcr io",
			"-a.example", "a.example-", ".example", "ghcr.io?x", "::1", "[::1", "[::00001]", "ghcr.io\n",
			"ghcr.io\r\nX: y", "*.example", "ghcr.io#x", "gհcr.io" })
	void refusesWhatIsNoHostAndPort(String text) {
		assertThat(RegistryName.tryParse(text)).isEmpty();
		assertThatExceptionOfType(RequestException.Malformed.class).isThrownBy(() -> RegistryName.parse(text))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.NAME_INVALID))
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContainPattern("\\p{Cntrl}"));
	}

	@ParameterizedTest
	@CsvSource({ "ghcr.io, true", "a.b, true", "host:5000, true", "localhost, true", "LocalHost, true", "acme, false",
			"my-host, false", "localhosts, false" })
	void looksLikeHostByDockersRule(String segment, boolean host) {
		assertThat(RegistryName.looksLikeHost(segment)).isEqualTo(host);
	}

}
