package dev.sluice.credential.dockerconfig;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import dev.sluice.credential.helper.HelperQuestion;
import dev.sluice.oci.RegistryName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class HelperSelectionTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
			{'credsStore':'s'} | docker.io | s for https://index.docker.io/v1/
			{'credsStore':'s'} | ghcr.io | s for ghcr.io
			{'credsStore':'s','auths':{'https://ghcr.io':{}}} | ghcr.io | s for ghcr.io
			{'credsStore':'s','auths':{'ghcr.io:443':{}}} | ghcr.io | s for ghcr.io:443
			{'credsStore':'s'} | r.example:5000 | s for r.example:5000
			{'credsStore':'s','credHelpers':{'ghcr.io':''}} | ghcr.io |
			{'credsStore':'s','credHelpers':{'ghcr.io':'h'}} | ghcr.io | h for ghcr.io
			{'credHelpers':{'https://eu.gcr.io':'h'}} | eu.gcr.io | h for https://eu.gcr.io
			{'credHelpers':{'r.example:443':'h'}} | r.example | h for r.example:443
			{'credHelpers':{'docker.io':'h'}} | docker.io | h for https://index.docker.io/v1/
			{'credHelpers':{'https://index.docker.io/v1/':'h'}} | docker.io | h for https://index.docker.io/v1/
			{'credHelpers':{'ghcr.io':'h'}} | quay.io |
			""")
	void asksTheHelperForTheAddressThatDockerWouldAskFor(String json, String registry, @Nullable String question)
			throws Exception {
		HelperSelection helpers = new DockerConfigParser()
			.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
			.helpers();
		RegistryName name = RegistryName.parse(registry);
		assertThat(helpers.dedicatedTo(name).or(() -> helpers.storeFor(name)).map(HelperQuestion::toString))
			.isEqualTo(Optional.ofNullable(question).map((text) -> "docker-credential-" + text));
	}

}
