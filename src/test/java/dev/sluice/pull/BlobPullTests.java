package dev.sluice.pull;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import dev.sluice.oci.ByteRange;
import dev.sluice.oci.ContentRange;
import dev.sluice.oci.Digest;
import dev.sluice.oci.RedirectKind;
import dev.sluice.oci.UpstreamException.InvalidAnswer;
import dev.sluice.testing.Answer;
import dev.sluice.testing.ByteSource;
import dev.sluice.testing.Matching;
import dev.sluice.testing.ScriptedUpstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What comes of asking for a blob, and what it costs the upstream.
 */
class BlobPullTests {

	private static final String TEXT = "0123456789";

	private static final Digest DIGEST = digest(Digest.Algorithm.SHA256, TEXT);

	private static final Digest EMPTY = digest(Digest.Algorithm.SHA512, "");

	private static final Optional<ByteRange> WHOLE = Optional.empty();

	private ScriptedUpstream registry = ScriptedUpstream.askedWith();

	@AfterEach
	void letsGoOfEveryAnswer() {
		assertThat(this.registry.open()).isZero();
	}

	@Test
	void handsOnABlobAsItArrives() {
		this.registry.gets(Answer.of(200, "text/html", ByteSource.of(TEXT)));
		Pulled blob = get(WHOLE);
		assertThat(this.registry.open()).as("read only when it is wanted").isEqualTo(1);
		assertThat(blob).isInstanceOfSatisfying(Pulled.Blob.class, (it) -> {
			assertThat(it.digest()).isEqualTo(DIGEST);
			assertThat(it.length()).hasValue(TEXT.length());
			assertThat(it.part()).isEmpty();
		});
		assertThat(PulledText.of(blob)).isEqualTo(TEXT);
		assertThat(this.registry.asked()).hasToString("[GET /v2/acme/app/blobs/" + DIGEST + "]");
	}

	@Test
	void letsGoOfTheConnectionWithTheBlob() {
		this.registry.gets(Answer.of(200, "a/b", ByteSource.of(TEXT)));
		get(WHOLE).release();
		assertThat(this.registry.open()).isZero();
	}

	@Test
	void handsOnThePartThatCame() {
		this.registry.gets(Answer.of(206, "a/b", ByteSource.of("234")).with("Content-Range", "bytes 2-4/10"));
		Pulled blob = get(ByteRange.parse("bytes=2-4"));
		assertThat(blob).isInstanceOfSatisfying(Pulled.Blob.class, (it) -> {
			assertThat(it.part()).contains(new ContentRange.Part(2, 4, OptionalLong.of(10)));
			assertThat(it.length()).hasValue(3);
		});
		assertThat(PulledText.of(blob)).isEqualTo("234");
		assertThat(this.registry.methods()).containsExactly("GET bytes=2-4");
	}

	@Test
	void handsOnTheWholeWhereTheUpstreamKnowsNoRanges() {
		this.registry.gets(Answer.of(200, "a/b", ByteSource.of(TEXT)));
		Pulled blob = get(ByteRange.parse("bytes=2-4"));
		assertThat(((Pulled.Blob) blob).part()).isEmpty();
		assertThat(PulledText.of(blob)).isEqualTo(TEXT);
	}

	@Test
	void refusesABlobOfAnotherDigest() {
		Digest other = digest(Digest.Algorithm.SHA256, "another");
		this.registry.gets(Answer.of(200, "a/b", ByteSource.of(TEXT)).with("Docker-Content-Digest", other.toString()));
		assertThatExceptionOfType(InvalidAnswer.class).isThrownBy(() -> get(WHOLE))
			.withMessage("reg.example answered " + other + " when asked for " + DIGEST);
	}

	@Test
	void takesABlobWhoseOtherDigestNobodyCanCompare() {
		Digest sha512 = digest(Digest.Algorithm.SHA512, TEXT);
		this.registry.gets(Answer.of(200, "a/b", ByteSource.of(TEXT)).with("Docker-Content-Digest", sha512.toString()));
		assertThat(PulledText.of(get(WHOLE))).isEqualTo(TEXT);
	}

	@ParameterizedTest
	@CsvSource({ "301, MOVED_PERMANENTLY", "302, FOUND", "303, SEE_OTHER", "307, TEMPORARY", "308, PERMANENT" })
	void leadsElsewhereWhereRedirectsArePassedOn(int status, RedirectKind kind) {
		this.registry = ScriptedUpstream.passingRedirects();
		this.registry.answer(Matching.any(), Answer.of(status).with("Location", "/signed?by=them"));
		assertThat(List.of(get(WHOLE), head(DIGEST, WHOLE)))
			.allSatisfy((pulled) -> assertThat(pulled).isInstanceOfSatisfying(Pulled.Elsewhere.class, (elsewhere) -> {
				assertThat(elsewhere.digest()).isEqualTo(DIGEST);
				assertThat(elsewhere.kind()).isEqualTo(kind);
				assertThat(elsewhere.location()).isEqualTo("https://reg.example/signed?by=them");
			}));
		assertThat(this.registry.methods()).containsExactly("GET", "HEAD");
	}

	@Test
	void describesABlobByWhatItsHeadTells() {
		this.registry.heads(Answer.of(200).with("Content-Length", "10"));
		assertDescribed(OptionalLong.of(10));
		assertThat(this.registry.methods()).containsExactly("HEAD");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "0", "ten" })
	void asksForTheFirstByteWhereTheHeadTellsNoLength(String length) {
		this.registry.heads(Answer.of(200).with("Content-Length", length));
		this.registry.gets(Answer.of(206, "a/b", ByteSource.of("0")).with("Content-Range", "bytes 0-0/10"));
		assertDescribed(OptionalLong.of(10));
		assertThat(this.registry.methods()).containsExactly("HEAD", "GET bytes=0-0");
	}

	@Test
	void believesThatTheEmptyBlobIsEmpty() {
		this.registry.heads(Answer.of(200));
		assertThat(head(EMPTY, WHOLE).length()).hasValue(0);
		assertThat(this.registry.methods()).containsExactly("HEAD");
	}

	@Test
	void describesThePartThatItsHeadTells() {
		this.registry.heads(Answer.of(206).with("Content-Range", "bytes 2-4/10").with("Content-Length", "3"));
		Pulled part = head(DIGEST, ByteRange.parse("bytes=2-4"));
		assertThat(part.length()).hasValue(3);
		assertThat(((Pulled.Blob) part).part()).contains(new ContentRange.Part(2, 4, OptionalLong.of(10)));
	}

	@Test
	void saysNoLengthThatNobodyTells() {
		this.registry.heads(Answer.of(405));
		this.registry.gets(Answer.of(206, "a/b", ByteSource.of("0")).with("Content-Range", "bytes 0-0/*"));
		assertDescribed(OptionalLong.empty());
	}

	@Test
	void refusesTheHeadOfAnotherBlob() {
		this.registry.heads(Answer.of(200)
			.with("Content-Length", "10")
			.with("Docker-Content-Digest", digest(Digest.Algorithm.SHA256, "another").toString()));
		assertThatExceptionOfType(InvalidAnswer.class).isThrownBy(() -> head(DIGEST, WHOLE));
		assertThat(this.registry.methods()).hasSize(1);
	}

	@Test
	void handsOnWhatTheUpstreamSaysBesideIt() {
		this.registry.gets(Answer.of(200, "a/b", ByteSource.of(TEXT))
			.with("Warning", "299 - \"old\"")
			.with("Cache-Control", "max-age=60")
			.with("Last-Modified", "Tue, 03 Nov 2026 10:00:00 GMT")
			.with("Set-Cookie", "a=b")
			.with("Link", "<?last=b>; rel=next"));
		Pulled blob = get(WHOLE);
		blob.release();
		assertThat(blob.notes().warnings()).containsExactly("299 - \"old\"");
		assertThat(blob.notes().cacheControl()).contains("max-age=60");
		assertThat(blob.notes().lastModified()).contains("Tue, 03 Nov 2026 10:00:00 GMT");
		assertThat(blob.notes().nextPage()).isEmpty();
	}

	private Pulled get(Optional<ByteRange> range) {
		return new BlobPull(this.registry.directory()).get(ScriptedUpstream.TARGET, DIGEST, range)
			.blockOptional(Duration.ofSeconds(10))
			.orElseThrow();
	}

	private Pulled head(Digest digest, Optional<ByteRange> range) {
		return new BlobPull(this.registry.directory()).head(ScriptedUpstream.TARGET, digest, range)
			.blockOptional(Duration.ofSeconds(10))
			.orElseThrow();
	}

	private void assertDescribed(OptionalLong length) {
		assertThat(head(DIGEST, WHOLE)).isInstanceOfSatisfying(Pulled.Blob.class, (blob) -> {
			assertThat(blob.digest()).isEqualTo(DIGEST);
			assertThat(blob.length()).isEqualTo(length);
			assertThat(blob.part()).isEmpty();
			assertThat(blob.body()).isEqualTo(new Body.None());
		});
	}

	private static Digest digest(Digest.Algorithm algorithm, String text) {
		return Digest.of(algorithm, text.getBytes(StandardCharsets.UTF_8));
	}

}
