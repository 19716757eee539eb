package dev.sluice.oci;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link RegistryRequest}.
 */
class RegistryRequestTests {

	private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

	@ParameterizedTest
	@ValueSource(strings = { "/v2", "/v2/" })
	void readsTheApisRoot(String path) {
		assertThat(RegistryRequest.parse(path)).contains(new RegistryRequest.Base());
	}

	@Test
	void readsEachEndpoint() {
		NamePath app = name("acme", "app");
		assertThat(RegistryRequest.parse("/v2/acme/app/manifests/1"))
			.contains(new RegistryRequest.Manifest(app, new Tag("1")));
		assertThat(RegistryRequest.parse("/v2/acme/app/manifests/" + DIGEST))
			.contains(new RegistryRequest.Manifest(app, Digest.parse(DIGEST)));
		assertThat(RegistryRequest.parse("/v2/acme/app/blobs/" + DIGEST))
			.contains(new RegistryRequest.Blob(app, Digest.parse(DIGEST)));
		assertThat(RegistryRequest.parse("/v2/acme/app/referrers/" + DIGEST))
			.contains(new RegistryRequest.Referrers(app, Digest.parse(DIGEST)));
		assertThat(RegistryRequest.parse("/v2/acme/app/tags/list")).contains(new RegistryRequest.Tags(app));
	}

	@Test
	void readsTheCatalogOfTheDefaultAndOfANamedRegistry() {
		assertThat(RegistryRequest.parse("/v2/_catalog")).contains(new RegistryRequest.Catalog(NamePath.NONE));
		assertThat(RegistryRequest.parse("/v2/ghcr.io/_catalog"))
			.contains(new RegistryRequest.Catalog(name("ghcr.io")));
	}

	@Test
	void takesATagThatIsNamedLikeTheCatalogForATag() {
		assertThat(RegistryRequest.parse("/v2/acme/manifests/_catalog"))
			.contains(new RegistryRequest.Manifest(name("acme"), new Tag("_catalog")));
	}

	@ParameterizedTest
	@CsvSource({ "/v2/tags/tags/list, tags", "/v2/manifests/manifests/manifests, manifests",
			"/v2/a/blobs/b/manifests/1, a/blobs/b", "/v2/a/tags/list/manifests/1, a/tags/list",
			"/v2/a/manifests/1/tags/list, a/manifests/1" })
	void takesTheEndpointFromTheEndOfThePath(String path, String name) {
		NamePath expected = name(name.split("/"));
		assertThat(RegistryRequest.parse(path)).get()
			.extracting((request) -> (request instanceof RegistryRequest.Tags tags) ? tags.name()
					: ((RegistryRequest.Manifest) request).name())
			.isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/", "/v1/", "/v2x", "v2/acme/app/manifests/1", "/v2//acme/app/manifests/1",
			"/v2/acme//app/manifests/1", "/v2/acme/app/manifests/", "/v2/acme/app/tags/list/", "/v2/acme/app/tags",
			"/v2/acme/app/tags/other", "/v2/manifests/1", "/v2/tags/list", "/v2/acme/app", "/v2/acme/app/uploads/1",
			"/v3/acme/app/manifests/1", "//v2/acme/app/manifests/1" })
	void isEmptyForAnyOtherPath(String path) {
		assertThat(RegistryRequest.parse(path)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "-x", ".INVALID_MANIFEST_NAME", "a b", "sha256:abc", "sha256:", "md5:0123", ":", "a:b",
			"sha256:0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF", "ä" })
	void knowsNoManifestByAnIllFormedReference(String reference) {
		assertThatExceptionOfType(RequestException.NotFound.class)
			.isThrownBy(() -> RegistryRequest.parse("/v2/a/manifests/" + reference))
			.satisfies((ex) -> assertThat(ex.upstreamCode()).isEqualTo("MANIFEST_UNKNOWN"));
	}

	@ParameterizedTest
	@CsvSource({ "/v2/a/blobs/latest, DIGEST_INVALID", "/v2/a/referrers/sha256:x, DIGEST_INVALID" })
	void saysWhichPartIsMalformed(String path, ErrorCode code) {
		assertThatExceptionOfType(RequestException.Malformed.class).isThrownBy(() -> RegistryRequest.parse(path))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(code));
	}

	private static NamePath name(String... segments) {
		return new NamePath(List.of(segments));
	}

}
