package dev.sluice.testing;

import java.util.Arrays;
import java.util.Map;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Proves that {@link TestImage} and {@link TestContent} make what they say.
 */
class TestImageTests {

	@Test
	void namesContentByItsDigests() {
		TestContent abc = TestContent.of("abc");
		assertThat(abc.digest()).isEqualTo("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
		assertThat(abc.sha512()).startsWith("sha512:ddaf35a193617abacc417349ae204131").hasSize(7 + 128);
	}

	@Test
	void generatesTheSameBytesForTheSameSeedFromAnyOffset() {
		TestContent content = TestContent.generated(2_500_000, 1);
		assertThat(content.digest()).isEqualTo(TestContent.generated(2_500_000, 1).digest())
			.isNotEqualTo(TestContent.generated(2_500_000, 2).digest());
		byte[] whole = content.bytes();
		for (int from : new int[] { 0, 3, 999_999, 1_000_003, 1_000_007, 2_000_000 }) {
			assertThat(content.source().read(from, 70_000)).isEqualTo(Arrays.copyOfRange(whole, from, from + 70_000));
		}
		assertThat(Arrays.copyOfRange(whole, 0, 100)).isNotEqualTo(Arrays.copyOfRange(whole, 1_000_003, 1_000_103));
	}

	@Test
	void describesLayersAndConfig() {
		TestImage image = TestImage.of(TestContent.random(10), TestContent.random(20));
		JsonNode manifest = json(image.manifest());
		assertThat(manifest.at("/mediaType").asString()).isEqualTo(TestManifest.OCI_MANIFEST);
		assertThat(manifest.at("/config/digest").asString()).isEqualTo(image.config().digest());
		assertThat(manifest.at("/layers/1/digest").asString()).isEqualTo(image.layer(1).digest());
		assertThat(manifest.at("/layers/1/size").asLong()).isEqualTo(20);
		assertThat(TestImage.docker(TestContent.random(1)).manifest().mediaType())
			.isEqualTo(TestManifest.DOCKER_MANIFEST);
	}

	@Test
	void listsPlatformsInAnIndex() {
		TestImage arm = TestImage.forArchitecture("arm64", TestContent.random(1));
		JsonNode index = json(TestImage.index(Map.of("arm64", arm)).manifest());
		assertThat(index.at("/manifests/0/digest").asString()).isEqualTo(arm.digest());
		assertThat(index.at("/manifests/0/platform/architecture").asString()).isEqualTo("arm64");
	}

	@Test
	void refersToASubject() {
		TestImage subject = TestImage.random();
		TestImage referrer = TestImage.referrer(subject.manifest(), "application/sig", TestContent.of("signature"));
		JsonNode manifest = json(referrer.manifest());
		assertThat(manifest.at("/subject/digest").asString()).isEqualTo(subject.digest());
		assertThat(manifest.at("/artifactType").asString()).isEqualTo("application/sig");
	}

	private static JsonNode json(TestManifest manifest) {
		return JsonMapper.shared().readTree(manifest.bytes());
	}

}
