package dev.sluice.credential.dockerconfig;

import java.util.Map;

import dev.sluice.credential.Credential;
import dev.sluice.credential.Login;
import dev.sluice.credential.Secret;
import dev.sluice.oci.RegistryName;
import dev.sluice.testing.Logins;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DockerAuthVariableTests {

	private static final RegistryName GHCR = RegistryName.parse("ghcr.io");

	@Test
	void givesTheCredentialThatTheVariableHolds() {
		Login login = Logins.first(read("{\"auths\":{\"ghcr.io\":{\"auth\":\"b2N0bzpwYXQ=\"}}}"), GHCR, null).block();
		assertThat(login).isNotNull();
		assertThat(login.credential()).isEqualTo(new Credential.Basic("octo", new Secret("pat")));
		assertThat(login.source()).isEqualTo("DOCKER_AUTH_CONFIG (ghcr.io)");
	}

	@Test
	void isNoSourceWhenUnsetOrBlank() {
		assertThat(DockerAuthVariable.of(Map.of(), NoHelpers.HERE)).isEmpty();
		assertThat(DockerAuthVariable.of(Map.of("DOCKER_AUTH_CONFIG", " "), NoHelpers.HERE)).isEmpty();
	}

	@Test
	void isIgnoredAndSaysSoWhenItIsNoConfiguration() {
		DockerAuthVariable source = read("b2N0bzpwYXQ=");
		assertThat(source.registryNames()).isEmpty();
		assertThat(source.state().problems()).singleElement()
			.asString()
			.contains("no valid JSON", "ignored")
			.doesNotContain("b2N0bzpwYXQ");
	}

	private static DockerAuthVariable read(String text) {
		return DockerAuthVariable.of(Map.of("DOCKER_AUTH_CONFIG", text), NoHelpers.HERE).orElseThrow();
	}

}
