package dev.sluice.credential.dockerconfig;

import java.util.List;
import java.util.Map;

import dev.sluice.oci.RegistryName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.sluice.credential.dockerconfig.DockerConfigs.auth;
import static dev.sluice.credential.dockerconfig.DockerConfigs.auths;
import static dev.sluice.credential.dockerconfig.DockerConfigs.basic;
import static dev.sluice.credential.dockerconfig.DockerConfigs.credential;
import static dev.sluice.credential.dockerconfig.DockerConfigs.find;
import static dev.sluice.credential.dockerconfig.DockerConfigs.parse;
import static org.assertj.core.api.Assertions.assertThat;

/** Which entry of a config.json counts for which registry and repository. */
class DockerConfigLookupTests {

	@Test
	void neverTakesTheTokenStoresOfDockerHubForRegistries() {
		DockerConfig config = parse("{'auths':{'https://index.docker.io/v1/access-token':" + auth("a:wrong")
				+ ",'https://index.docker.io/v1/refresh-token':" + auth("b:wrong") + "}}");
		assertThat(config).isEqualTo(DockerConfig.NONE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://index.docker.io/v1/", "docker.io", "index.docker.io", "registry-1.docker.io",
			"https://docker.io", "https://registry-1.docker.io/v2/" })
	void findsDockerHubUnderAnyOfItsNames(String key) {
		assertThat(credential(auths(key, auth("user:pass")), "docker.io")).isEqualTo(basic("user", "pass"));
	}

	@Test
	void picksTheSameOfSeveralKeysWhateverTheirOrder() {
		String bare = "'r.example':" + auth("bare:x");
		String https = "'https://r.example':" + auth("https:x");
		String http = "'http://r.example':" + auth("http:x");
		assertThat(credential("{'auths':{" + http + "," + https + "," + bare + "}}", "r.example"))
			.isEqualTo(basic("bare", "x"));
		assertThat(credential("{'auths':{" + bare + "," + https + "," + http + "}}", "r.example"))
			.isEqualTo(basic("bare", "x"));
		assertThat(credential("{'auths':{" + http + "," + https + "}}", "r.example")).isEqualTo(basic("https", "x"));
	}

	@Test
	void passesOverAnEmptyEntryWhereAnotherKeyHoldsACredential() {
		String json = "{'auths':{'r.example':{},'https://r.example':" + auth("user:pass") + "}}";
		assertThat(credential(json, "r.example")).isEqualTo(basic("user", "pass"));
	}

	@Test
	void picksTheLongestMatchingRepository() {
		DockerConfig config = parse("{'auths':{'quay.io':" + auth("host:x") + ",'quay.io/acme':" + auth("ns:x")
				+ ",'quay.io/acme/app':" + auth("image:x") + "}}");
		assertThat(find(config, "quay.io", "acme/app")).contains(basic("image", "x"));
		assertThat(find(config, "quay.io", "acme/app/deep")).contains(basic("image", "x"));
		assertThat(find(config, "quay.io", "acme/other")).contains(basic("ns", "x"));
		assertThat(find(config, "quay.io", "acmecorp/app")).contains(basic("host", "x"));
		assertThat(find(config, "quay.io", null)).contains(basic("host", "x"));
	}

	@Test
	void takesAKeyWithPort443ForTheSameHostAfterTheExactKey() {
		assertThat(credential(auths("r.example:443", auth("user:pass")), "r.example")).isEqualTo(basic("user", "pass"));
		assertThat(credential(auths("https://r.example", auth("user:pass")), "r.example:443"))
			.isEqualTo(basic("user", "pass"));
		String both = "{'auths':{'r.example:443':" + auth("port:x") + ",'http://r.example':" + auth("exact:x") + "}}";
		assertThat(credential(both, "r.example")).isEqualTo(basic("exact", "x"));
		assertThat(credential(both, "r.example:443")).isEqualTo(basic("port", "x"));
	}

	@Test
	void listsTheHostOfAKeyWithPort443() {
		assertThat(parse(auths("r.example:443", "{}")).registryNames())
			.containsExactlyInAnyOrder(RegistryName.parse("r.example:443"), RegistryName.parse("r.example"));
	}

	@Test
	void takesNoOtherPortForTheHost() {
		DockerConfig config = parse(auths("r.example:5000", auth("user:pass")));
		assertThat(find(config, "r.example", null)).isEmpty();
		assertThat(find(config, "r.example:5001", null)).isEmpty();
		assertThat(find(config, "sub.r.example:5000", null)).isEmpty();
	}

	@Test
	void knowsWhatAStoreKeeps() {
		DockerConfig config = parse("{'credsStore':'desktop','auths':{'quay.io':{},'ghcr.io':{}}}");
		assertThat(config.helpers().kept()).isEqualTo(Map.of("desktop", List.of("ghcr.io", "quay.io")));
		assertThat(config.registryNames()).containsExactlyInAnyOrder(RegistryName.parse("ghcr.io"),
				RegistryName.parse("quay.io"));
		assertThat(config.problems()).isEmpty();
		assertThat(find(config, "ghcr.io", null)).isEmpty();
	}

	@Test
	void knowsThatAStoreKeepsARegistryOfWhichOnlyARepositoryHasASecret() {
		DockerConfig config = parse("{'credsStore':'pass','auths':{'quay.io':{},'quay.io/acme':" + auth("user:pass")
				+ ",'quay.io/other':{},'https://quay.io/':{}}}");
		assertThat(config.helpers().kept()).isEqualTo(Map.of("pass", List.of("quay.io", "quay.io/other")));
	}

}
