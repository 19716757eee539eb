package dev.sluice.pull;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import dev.sluice.oci.Digest;
import dev.sluice.oci.MediaTypes;
import dev.sluice.oci.Reference;
import dev.sluice.oci.Tag;
import dev.sluice.oci.UpstreamException.InvalidAnswer;
import dev.sluice.testing.Answer;
import dev.sluice.testing.ByteSource;
import dev.sluice.testing.ScriptedUpstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a manifest is, by a HEAD that says all of it or by the manifest itself.
 */
class ManifestPullTests {

	private static final Tag TAG = new Tag("1");

	private static final String TEXT = "{\"schemaVersion\":2,\"layers\":[]}";

	private static final Digest DIGEST = digest(Digest.Algorithm.SHA256, TEXT);

	private static final Answer SAYING_ALL = Answer.of(200)
		.with("Docker-Content-Digest", DIGEST.toString())
		.with("Content-Type", MediaTypes.OCI_MANIFEST)
		.with("Content-Length", Integer.toString(TEXT.length()));

	private final ScriptedUpstream registry = ScriptedUpstream.askedWith()
		.gets(Answer.of(200, MediaTypes.OCI_MANIFEST, ByteSource.of(TEXT)));

	@AfterEach
	void letsGoOfEveryAnswer() {
		assertThat(this.registry.open()).isZero();
	}

	@Test
	void describesAManifestByAHeadThatSaysAll() {
		this.registry.heads(SAYING_ALL);
		assertDescribed(head(TAG));
		assertDescribed(head(DIGEST));
		assertThat(this.registry.methods()).containsExactly("HEAD", "HEAD");
	}

	@ParameterizedTest
	@CsvSource({ "Docker-Content-Digest, ''", "Docker-Content-Digest, sha256:1", "Content-Type, ''",
			"Content-Type, text/html", "Content-Length, ''", "Content-Length, 0", "Content-Length, -1" })
	void pullsTheManifestWhereItsHeadSaysLess(String header, String value) {
		this.registry.heads(value.isEmpty() ? SAYING_ALL.without(header) : SAYING_ALL.with(header, value));
		assertDescribed(head(TAG));
		assertDescribed(head(DIGEST));
		assertThat(this.registry.methods()).containsExactly("HEAD", "GET", "HEAD", "GET");
	}

	@Test
	void pullsTheManifestWhereItsHeadNamesAnother() {
		this.registry
			.heads(SAYING_ALL.with("Docker-Content-Digest", digest(Digest.Algorithm.SHA256, "another").toString()));
		assertDescribed(head(DIGEST));
		assertThat(this.registry.methods()).containsExactly("HEAD", "GET");
	}

	@Test
	void takesTheDigestAskedForWhereTheHeadNamesOneOfAnotherKind() {
		this.registry
			.heads(SAYING_ALL.with("Docker-Content-Digest", digest(Digest.Algorithm.SHA512, "whatever").toString()));
		assertDescribed(head(DIGEST));
		assertThat(this.registry.methods()).containsExactly("HEAD");
	}

	@Test
	void refusesByHeadTooWhatItsDigestDoesntSay() {
		this.registry.heads(Answer.of(405));
		Digest other = digest(Digest.Algorithm.SHA256, "another");
		assertThatExceptionOfType(InvalidAnswer.class).isThrownBy(() -> head(other))
			.withMessage("reg.example answered a manifest whose digest isn't " + other + ": it was not passed on");
	}

	private static void assertDescribed(Pulled pulled) {
		assertThat(pulled).isInstanceOfSatisfying(Pulled.Manifest.class, (manifest) -> {
			assertThat(manifest.digest()).isEqualTo(DIGEST);
			assertThat(manifest.mediaType()).isEqualTo(MediaTypes.OCI_MANIFEST);
			assertThat(manifest.size()).isEqualTo(TEXT.length());
			assertThat(manifest.body()).isEqualTo(new Body.None());
		});
	}

	private Pulled head(Reference reference) {
		return new ManifestPull(this.registry.directory(), Schedulers.immediate())
			.head(ScriptedUpstream.TARGET, reference, List.of())
			.blockOptional(Duration.ofSeconds(10))
			.orElseThrow();
	}

	private static Digest digest(Digest.Algorithm algorithm, String text) {
		return Digest.of(algorithm, text.getBytes(StandardCharsets.UTF_8));
	}

}
