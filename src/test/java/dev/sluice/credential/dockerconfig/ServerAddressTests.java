package dev.sluice.credential.dockerconfig;

import java.util.List;
import java.util.stream.Stream;

import dev.sluice.oci.RegistryName;
import dev.sluice.oci.RepositoryName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ServerAddressTests {

	@ParameterizedTest
	@CsvSource(textBlock = """
			ghcr.io,                                 ghcr.io,              ''
			GHCR.io,                                 ghcr.io,              ''
			ghcr.io/,                                ghcr.io,              ''
			ghcr.io:443,                             ghcr.io:443,          ''
			localhost:5000,                          localhost:5000,       ''
			10.0.0.5:5000,                           10.0.0.5:5000,        ''
			[::1]:5000,                              [::1]:5000,           ''
			registry,                                registry,             ''
			https://ghcr.io,                         ghcr.io,              ''
			HTTPS://ghcr.io/,                        ghcr.io,              ''
			http://r.example:5000,                   r.example:5000,       ''
			https://r.example/v1/,                   r.example,            ''
			https://r.example/v2/,                   r.example,            ''
			https://r.example/v2,                    r.example,            ''
			r.example/v1/,                           r.example,            ''
			r.example/v2,                            r.example,            ''
			https://r.example/some/path,             r.example,            ''
			quay.io/acme,                            quay.io,              acme
			quay.io/acme/app/,                       quay.io,              acme/app
			r.example:5000/v2/acme,                  r.example:5000,       acme
			docker.io,                               docker.io,            ''
			index.docker.io,                         docker.io,            ''
			registry-1.docker.io,                    docker.io,            ''
			https://index.docker.io/v1/,             docker.io,            ''
			https://registry-1.docker.io:443,        docker.io,            ''
			docker.io/acme,                          docker.io,            acme
			""")
	void readsEveryFormOfKey(String key, String registry, String repository) {
		ServerAddress address = ServerAddress.parse(key).orElseThrow();
		assertThat(address.registry()).isEqualTo(RegistryName.parse(registry));
		assertThat(address.repository()).hasToString(repository);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/", "https://", "ftp://r.example", "*.example.com", "r.example:99999",
			"r.example/Acme", "r.example/a b", "user:made-up@r.example", "a b" })
	void readsNothingElse(String key) {
		assertThat(ServerAddress.parse(key)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://index.docker.io/v1/access-token", "https://index.docker.io/v1/refresh-token",
			"https://index.docker.io/v1/access-token/", "index.docker.io/v1/refresh-token" })
	void knowsTheTokenStoresOfDockerHub(String key) {
		assertThat(ServerAddress.isTokenStore(key)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://index.docker.io/v1/", "https://r.example/v1/access-token", "docker.io" })
	void takesNothingElseForATokenStore(String key) {
		assertThat(ServerAddress.isTokenStore(key)).isFalse();
	}

	@Test
	void prefersTheKeyThatDockerLooksUp() {
		List<String> ordered = List.of("ghcr.io", "GHCR.io", "ghcr.io/", "ghcr.io/v1/", "https://ghcr.io",
				"https://ghcr.io/", "https://ghcr.io/v1/", "http://ghcr.io");
		assertThat(sorted(ordered.reversed())).isEqualTo(ordered);
	}

	@Test
	void prefersDockerHubsOwnKeyToItsAliases() {
		List<String> ordered = List.of("https://index.docker.io/v1/", "docker.io", "index.docker.io",
				"registry-1.docker.io", "https://index.docker.io", "https://registry-1.docker.io");
		assertThat(sorted(ordered.reversed())).isEqualTo(ordered);
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			quay.io/acme,     acme,          true
			quay.io/acme,     acme/app,      true
			quay.io/acme,     acme/app/deep, true
			quay.io/acme,     acmecorp/app,  false
			quay.io/acme/app, acme,          false
			quay.io/acme/app, acme/apple,    false
			quay.io,          acme/app,      true
			""")
	void coversRepositoriesSegmentBySegment(String key, String repository, boolean covered) {
		ServerAddress address = ServerAddress.parse(key).orElseThrow();
		assertThat(address.covers(new RepositoryName(repository))).isEqualTo(covered);
	}

	@Test
	void coversWhatHasNoRepositoryOnlyByTheWholeRegistry() {
		assertThat(ServerAddress.parse("quay.io").orElseThrow().covers(null)).isTrue();
		assertThat(ServerAddress.parse("quay.io/acme").orElseThrow().covers(null)).isFalse();
	}

	private static List<String> sorted(List<String> keys) {
		return keys.stream()
			.flatMap((key) -> Stream.of(ServerAddress.parse(key).orElseThrow()))
			.sorted(ServerAddress.PREFERENCE)
			.map(ServerAddress::text)
			.toList();
	}

}
