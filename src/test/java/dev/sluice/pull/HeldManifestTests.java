package dev.sluice.pull;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import dev.sluice.oci.Digest;
import dev.sluice.oci.HeldBytes;
import dev.sluice.oci.MediaTypes;
import dev.sluice.oci.Reference;
import dev.sluice.oci.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * As what a manifest is handed on, and which is refused.
 */
class HeldManifestTests {

	private static final Tag TAG = new Tag("1");

	private static final String TEXT = "{\"schemaVersion\":2,\"layers\":[]}";

	@Test
	void isOfTheTypeThatTheUpstreamSaysWithoutParametersAndInSmallLetters() {
		assertThat(read(TEXT, "application/vnd.OCI.image.manifest.v1+json; charset=utf-8", TAG).mediaType())
			.isEqualTo(MediaTypes.OCI_MANIFEST);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
			{"mediaType":"application/vnd.acme.thing.v1+json"}    | application/vnd.acme.thing.v1+json
			{"mediaType":"text/html","layers":[]}                 | application/vnd.oci.image.manifest.v1+json
			{"layers":[]}                                         | application/vnd.oci.image.manifest.v1+json
			{"manifests":[]}                                      | application/vnd.oci.image.index.v1+json
			{"schemaVersion":1,"fsLayers":[]}                     | application/vnd.docker.distribution.manifest.v1+json
			{"config":{"mediaType":"application/vnd.docker.x"}}   | application/vnd.docker.distribution.manifest.v2+json
			""")
	void isOfTheTypeThatItShowsWhereTheUpstreamSaysNone(String text, String type) {
		assertThat(read(text, "text/plain", TAG).mediaType()).isEqualTo(type);
		assertThat(read(text, "text/html", TAG).mediaType()).isEqualTo(type);
	}

	@Test
	void isNoPage() {
		assertThatExceptionOfType(HeldManifest.Refused.class)
			.isThrownBy(() -> read("<html>Log in</html>", "text/html", TAG))
			.withMessageContaining("login page");
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/json", "application/json; charset=utf-8", "text/plain", "text/html" })
	void isNoError(String contentType) {
		assertThatExceptionOfType(HeldManifest.Refused.class)
			.isThrownBy(() -> read("{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\"}]}", contentType, TAG))
			.withMessageContaining("an error in place of a manifest");
		assertThat(read("{\"schemaVersion\":2,\"layers\":[],\"errors\":[]}", contentType, TAG).mediaType())
			.isEqualTo(MediaTypes.OCI_MANIFEST);
	}

	@ParameterizedTest
	@ValueSource(strings = { "SHA256", "SHA512" })
	void hasTheDigestItWasAskedForBy(Digest.Algorithm algorithm) {
		Digest asked = digest(algorithm, TEXT);
		assertThat(read(TEXT, MediaTypes.OCI_MANIFEST, asked).digest()).isEqualTo(asked);
	}

	@Test
	void hasTheDigestThatTheUpstreamSaysOrElseItsOwn() {
		Digest announced = digest(Digest.Algorithm.SHA512, TEXT);
		assertThat(HeldManifest.of(held(TEXT), Optional.empty(), Optional.of(announced), TAG).digest())
			.isEqualTo(announced);
		assertThat(read(TEXT, MediaTypes.OCI_MANIFEST, TAG).digest()).isEqualTo(digest(Digest.Algorithm.SHA256, TEXT));
	}

	@Test
	void isRefusedWhereItIsAnotherThanWasAskedForOrSaid() {
		Digest another = digest(Digest.Algorithm.SHA256, "another");
		assertThatExceptionOfType(HeldManifest.Refused.class)
			.isThrownBy(() -> read(TEXT, MediaTypes.OCI_MANIFEST, another))
			.withMessageContaining(another.toString());
		assertThatExceptionOfType(HeldManifest.Refused.class)
			.isThrownBy(() -> HeldManifest.of(held(TEXT), Optional.empty(), Optional.of(another), TAG));
	}

	private static HeldManifest read(String text, String contentType, Reference reference) {
		return HeldManifest.of(held(text), Optional.of(contentType), Optional.empty(), reference);
	}

	private static HeldBytes held(String text) {
		return HeldBytes.of(text.getBytes(StandardCharsets.UTF_8));
	}

	private static Digest digest(Digest.Algorithm algorithm, String text) {
		return Digest.of(algorithm, text.getBytes(StandardCharsets.UTF_8));
	}

}
