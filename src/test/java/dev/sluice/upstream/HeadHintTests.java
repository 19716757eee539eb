package dev.sluice.upstream;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.sluice.oci.ByteRange;
import dev.sluice.oci.ContentRange;
import dev.sluice.oci.Digest;
import dev.sluice.oci.RegistryException;
import dev.sluice.oci.Tag;
import dev.sluice.testing.Answer;
import dev.sluice.testing.ByteSource;
import dev.sluice.testing.Matching;
import dev.sluice.testing.ScriptedUpstream;
import io.netty.handler.codec.http.HttpMethod;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A HEAD is a hint: which are repeated as GET, and what that says in their place.
 */
class HeadHintTests {

	private static final Digest DIGEST = Digest.of(Digest.Algorithm.SHA256, new byte[] { 1 });

	private final ScriptedUpstream registry = ScriptedUpstream.askedWith();

	@AfterEach
	void letsGoOfEveryAnswer() {
		assertThat(this.registry.open()).isZero();
	}

	@ParameterizedTest
	@ValueSource(ints = { 204, 300, 304, 400, 401, 402, 403, 405, 406, 415, 416, 500, 501, 502, 503, 504 })
	void asksForABlobsFirstByteWhereItsHeadIsRefused(int status) {
		this.registry.heads(Answer.of(status)).gets(ScriptedUpstream.part("bytes 0-0/300"));
		assertThat(fetched(blob(Optional.empty())).length()).hasValue(300);
		assertThat(this.registry.methods()).containsExactly("HEAD", "GET bytes=0-0");
	}

	@ParameterizedTest
	@ValueSource(ints = { 204, 304, 401, 403, 405, 416, 500, 501, 503 })
	void asksForAManifestItselfWhereItsHeadIsRefused(int status) {
		this.registry.heads(Answer.of(status)).gets(Answer.of(200, "application/json", ByteSource.of("{}")));
		assertThat(fetched(manifest()).length()).hasValue(2);
		assertThat(this.registry.methods()).containsExactly("HEAD", "GET");
		assertThat(this.registry.asked()).extracting((request) -> request.headerLines("Accept"))
			.containsOnly(List.of("a/b, c/d"));
	}

	@ParameterizedTest
	@CsvSource({ "404, NotFound", "410, NotFound", "429, TooManyRequests" })
	void believesAHeadThatSaysWhatAGetWouldSayToo(int status, String failure) {
		this.registry.heads(Answer.of(status));
		assertThat(failureOf(blob(Optional.empty()))).isEqualTo(failure);
		assertThat(failureOf(manifest())).isEqualTo(failure);
		assertThat(this.registry.methods()).containsExactly("HEAD", "HEAD");
	}

	@Test
	void believesAHeadThatHasNoSuchRange() {
		this.registry.heads(Answer.of(416).with("Content-Range", "bytes */300"));
		assertThat(failureOf(blob(ByteRange.parse("bytes=500-")))).isEqualTo("RangeNotSatisfiable");
		assertThat(this.registry.methods()).containsExactly("HEAD bytes=500-");
	}

	@ParameterizedTest
	@CsvSource({ "200, Content-Encoding, gzip", "200, Content-Range, bytes 0-9/300", "200, Content-Range, nonsense",
			"206, Content-Range, bytes 0-9/10", "206, X-Other, a", "200, Content-Type, multipart/byteranges" })
	void repeatsAHeadThatIsCodedOrAPart(int status, String header, String value) {
		this.registry.heads(Answer.of(status).with("Content-Length", "10").with(header, value))
			.gets(ScriptedUpstream.part("bytes 0-0/300"));
		assertThat(fetched(blob(Optional.empty())).length()).hasValue(300);
		assertThat(this.registry.methods()).containsExactly("HEAD", "GET bytes=0-0");
	}

	@Test
	void takesThePartThatAHeadWasAskedFor() {
		this.registry.heads(Answer.of(206).with("Content-Length", "5").with("Content-Range", "bytes 5-9/300"));
		Described described = fetched(blob(ByteRange.parse("bytes=5-9")));
		assertThat(described.length()).hasValue(5);
		assertThat(described.part().map(ContentRange.Part::toString)).contains("bytes 5-9/300");
		assertThat(this.registry.methods()).containsExactly("HEAD bytes=5-9");
	}

	@ParameterizedTest
	@CsvSource({ "404, NotFound", "403, AccessDenied", "400, RefusedAsMalformed", "429, TooManyRequests",
			"503, UpstreamFailed", "418, InvalidAnswer" })
	void failsAsTheGetInItsPlaceDoes(int status, String failure) {
		this.registry.heads(Answer.of(405)).gets(Answer.error(status, "SOME", "words"));
		assertThat(failureOf(blob(Optional.empty()))).isEqualTo(failure);
		assertThat(failureOf(manifest())).isEqualTo(failure);
		assertThat(this.registry.methods()).containsExactly("HEAD", "GET bytes=0-0", "HEAD", "GET");
	}

	@Test
	void asksForAllOfABlobThatHasNoFirstByte() {
		this.registry.heads(Answer.of(405)).gets(Answer.of(200));
		this.registry.answer(Matching.withHeader("Range").and(Matching.method("GET")),
				Answer.of(416).with("Content-Range", "bytes */0"));
		assertThat(fetched(blob(Optional.empty())).length()).hasValue(0);
		assertThat(this.registry.methods()).containsExactly("HEAD", "GET bytes=0-0", "GET");
	}

	@Test
	void asksForNothingElseWhereTheRangeAskedForLiesOutside() {
		this.registry.heads(Answer.of(405)).gets(Answer.of(416).with("Content-Range", "bytes */300"));
		assertThat(failureOf(blob(ByteRange.parse("bytes=500-")))).isEqualTo("RangeNotSatisfiable");
		assertThat(this.registry.methods()).containsExactly("HEAD bytes=500-", "GET bytes=500-");
	}

	@Test
	void saysOfARangeWhatTheGetInItsPlaceSays() {
		this.registry.heads(Answer.of(405)).gets(ScriptedUpstream.part("bytes 5-9/300").with("Content-Length", "5"));
		Described described = fetched(blob(ByteRange.parse("bytes=5-9")));
		assertThat(described.length()).hasValue(5);
		assertThat(described.part().map(ContentRange.Part::toString)).contains("bytes 5-9/300");
		assertThat(this.registry.methods()).containsExactly("HEAD bytes=5-9", "GET bytes=5-9");
	}

	@Test
	void saysOfTheWholeWhatItsFirstByteSays() {
		this.registry.heads(Answer.of(405))
			.gets(ScriptedUpstream.part("bytes 0-0/300").with("Docker-Content-Digest", DIGEST.toString()));
		Described described = fetched(blob(Optional.empty()));
		assertThat(described.part()).isEmpty();
		assertThat(described.digest()).contains(DIGEST);
		assertThat(described.mediaType()).contains("a/b");
	}

	@Test
	void saysNoLengthWhereTheFirstByteSaysNone() {
		this.registry.heads(Answer.of(405)).gets(ScriptedUpstream.part("bytes 0-0/*"));
		assertThat(fetched(blob(Optional.empty())).length()).isEmpty();
	}

	@Test
	void saysTheLengthOfAllWhereRangesAreUnknown() {
		this.registry.heads(Answer.of(405)).gets(Answer.of(200, "a/b", ByteSource.of("x".repeat(300))));
		Described described = fetched(blob(Optional.empty()));
		assertThat(described.length()).hasValue(300);
		assertThat(described.part()).isEmpty();
	}

	@Test
	void repeatsAHeadThatIsRefusedWhereARedirectLeads() {
		this.registry.answer(Matching.path("/v2/"), Answer.of(307).with("Location", "https://blobs.example/signed"))
			.answer(Matching.head("/signed"), Answer.of(403))
			.answer(Matching.get("/signed"), ScriptedUpstream.part("bytes 0-0/300"));
		assertThat(fetched(blob(Optional.empty())).length()).hasValue(300);
		assertThat(this.registry.asked()).extracting((request) -> request.method() + " " + request.header("Host").get())
			.containsExactly("HEAD reg.example", "HEAD blobs.example", "GET reg.example", "GET blobs.example");
	}

	private static UpstreamRequest blob(Optional<ByteRange> range) {
		return UpstreamRequest.blob(HttpMethod.HEAD, ScriptedUpstream.REPOSITORY, DIGEST, range);
	}

	private static UpstreamRequest manifest() {
		return UpstreamRequest.manifest(HttpMethod.HEAD, ScriptedUpstream.REPOSITORY, new Tag("1"),
				List.of("a/b", "c/d"));
	}

	private Described fetched(UpstreamRequest request) {
		UpstreamAnswer answer = this.registry.client()
			.fetch(request)
			.blockOptional(Duration.ofSeconds(10))
			.orElseThrow();
		answer.release();
		return answer.described();
	}

	private String failureOf(UpstreamRequest request) {
		return catchThrowableOfType(RegistryException.class, () -> fetched(request)).getClass().getSimpleName();
	}

}
