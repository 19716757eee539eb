package dev.sluice.upstream;

import java.time.Duration;
import java.util.Optional;

import dev.sluice.oci.ByteRange;
import dev.sluice.oci.ContentRange;
import dev.sluice.oci.Digest;
import dev.sluice.oci.UpstreamException.InvalidAnswer;
import dev.sluice.testing.Answer;
import dev.sluice.testing.Matching;
import dev.sluice.testing.ScriptedUpstream;
import io.netty.handler.codec.http.HttpMethod;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Which parts of a blob are taken, of those that come where one is asked for.
 */
class RangeCheckTests {

	private static final Digest DIGEST = Digest.of(Digest.Algorithm.SHA256, new byte[] { 1 });

	private final ScriptedUpstream registry = ScriptedUpstream.askedWith();

	@AfterEach
	void letsGoOfEveryAnswer() {
		assertThat(this.registry.open()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "0-9, bytes 0-9/300, 10", "0-9, bytes 0-9/*, 10", "0-9, bytes 0-9/300,", "290-, bytes 290-299/300, 10",
			"290-, bytes 290-299/*, 10", "290-400, bytes 290-299/300, 10", "-10, bytes 290-299/300, 10",
			"-10, bytes 290-299/*, 10", "-400, bytes 0-299/300, 300", "-400, bytes 0-299/*, 300" })
	void takesThePartThatWasAskedFor(String asked, String contentRange, @Nullable String length) {
		Described described = fetched(asked, partOf(contentRange, length));
		assertThat(described.part()).isEqualTo(ContentRange.parsePart(contentRange)).isPresent();
		assertThat(described.length()).hasValue(described.part().orElseThrow().size());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					0-9  | bytes 1-10/300    | 10  | a part of it (206) with Content-Range bytes 1-10/300 when asked for bytes=0-9
					0-9  | bytes 0-8/300     | 9   | a part of it (206) with Content-Range bytes 0-8/300 when asked for bytes=0-9
					0-9  | bytes 0-10/300    | 11  | a part of it (206) with Content-Range bytes 0-10/300 when asked for bytes=0-9
					0-9  | bytes 0-10/*      | 11  | when asked for bytes=0-9
					0-9  | bytes 0-299/300   | 300 | when asked for bytes=0-9
					290- | bytes 290-298/300 | 9   | when asked for bytes=290-
					290- | bytes 0-299/300   | 300 | when asked for bytes=290-
					-10  | bytes 0-9/300     | 10  | when asked for bytes=-10
					-10  | bytes 291-299/*   | 9   | when asked for bytes=-10
					0-9  | bytes 0-9/300     | 11  | answered 11 bytes with Content-Range bytes 0-9/300
					0-9  | bytes 0-9/5       | 10  | a part of it (206) with Content-Range bytes 0-9/5
					0-9  | bytes 9-0/300     | 10  | a part of it (206) with Content-Range bytes 9-0/300
					0-9  | items 0-9/300     | 10  | a part of it (206) with Content-Range items 0-9/300
					0-9  | bytes */300       | 10  | a part of it (206) with Content-Range bytes */300
					""")
	void refusesAnotherPart(String asked, String contentRange, String length, String said) {
		assertThatExceptionOfType(InvalidAnswer.class).isThrownBy(() -> fetched(asked, partOf(contentRange, length)))
			.withMessageStartingWith("reg.example answered ")
			.withMessageContaining(said);
	}

	@Test
	void refusesAPartThatSaysNotWhich() {
		assertThatExceptionOfType(InvalidAnswer.class).isThrownBy(() -> fetched("0-9", Answer.of(206)))
			.withMessage("reg.example answered a part of it (206) with no Content-Range");
	}

	@Test
	void refusesAPartThatSaysTwoThingsButNotOneTwice() {
		Answer part = partOf("bytes 0-9/300", "10");
		assertThat(fetched("0-9", part.adding("Content-Range", "bytes 0-9/300")).length()).hasValue(10);
		assertThatExceptionOfType(InvalidAnswer.class)
			.isThrownBy(() -> fetched("0-9", part.adding("Content-Range", "bytes 0-9/400")))
			.withMessageContaining("bytes 0-9/300, bytes 0-9/400");
	}

	@Test
	void refusesAPartThatNobodyAskedFor() {
		assertThatExceptionOfType(InvalidAnswer.class).isThrownBy(() -> fetched(null, partOf("bytes 0-299/300", "300")))
			.withMessage("reg.example answered a part of it (206) when asked for all of it");
	}

	@ParameterizedTest
	@CsvSource({ "200, multipart/byteranges; boundary=x", "206, multipart/byteranges", "206, Multipart/ByteRanges" })
	void refusesSeveralPartsInOne(int status, String type) {
		assertThatExceptionOfType(InvalidAnswer.class)
			.isThrownBy(() -> fetched("0-9",
					Answer.of(status).with("Content-Type", type).with("Content-Range", "bytes 0-9/300")))
			.withMessageContaining("several parts in one (" + status + ")");
	}

	@ParameterizedTest
	@CsvSource({ ",", "bytes 0-299/300, 300", "bytes 0-299/300," })
	void takesAllOfItWhereRangesAreUnknown(@Nullable String contentRange, @Nullable String length) {
		Answer all = Answer.of(200).without("Content-Length");
		all = (contentRange != null) ? all.with("Content-Range", contentRange) : all;
		Described described = fetched("0-9", (length != null) ? all.with("Content-Length", length) : all);
		assertThat(described.part()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "bytes 0-9/300, 10", "bytes 0-299/*, 300", "bytes 0-299/300, 299", "bytes */300, 300",
			"nonsense, 300" })
	void refusesAllOfItThatSaysItIsAPart(String contentRange, String length) {
		assertThatExceptionOfType(InvalidAnswer.class).isThrownBy(
				() -> fetched(null, Answer.of(200).with("Content-Range", contentRange).with("Content-Length", length)))
			.withMessage("reg.example answered all of it (200) with Content-Range " + contentRange);
	}

	private static Answer partOf(String contentRange, @Nullable String length) {
		Answer part = Answer.of(206).with("Content-Range", contentRange).without("Content-Length");
		return (length != null) ? part.with("Content-Length", length) : part;
	}

	private Described fetched(@Nullable String range, Answer answer) {
		this.registry.answer(Matching.any(), answer);
		Optional<ByteRange> wanted = Optional.ofNullable(range)
			.map((it) -> ByteRange.parse("bytes=" + it).orElseThrow());
		UpstreamRequest request = UpstreamRequest.blob(HttpMethod.GET, ScriptedUpstream.REPOSITORY, DIGEST, wanted);
		return this.registry.client().fetch(request).map((fetched) -> {
			fetched.release();
			return fetched.described();
		}).blockOptional(Duration.ofSeconds(10)).orElseThrow();
	}

}
