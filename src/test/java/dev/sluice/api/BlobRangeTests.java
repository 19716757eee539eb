package dev.sluice.api;

import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Map;

import dev.sluice.testing.Matching;
import dev.sluice.testing.Misbehaviour;
import dev.sluice.testing.OciFailure;
import dev.sluice.testing.RawAnswer;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestContent;
import dev.sluice.testing.TestRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.sluice.testing.TestClient.header;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Parts of blobs: what a registry says it answers is held against what it was asked for,
 * and what it codes against what codes nothing.
 */
@Timeout(60)
class BlobRangeTests {

	private static final int SIZE = 1000;

	private static final TestContent BLOB = TestContent.generated(SIZE, 7);

	private static final String PATH = "/v2/registry.example.test/acme/app/blobs/" + BLOB.digest();

	private static final TestRegistry REGISTRY = TestRegistry.open().push("acme/app", BLOB);

	private static RunningSluice sluice;

	private static TestClient client;

	@BeforeAll
	static void start() {
		sluice = RunningSluice.start("sluice.upstreams[0].name=registry.example.test",
				"sluice.upstreams[0].endpoints=" + REGISTRY.url(), "sluice.upstreams[1].name=passes.example.test",
				"sluice.upstreams[1].endpoints=" + REGISTRY.url(), "sluice.upstreams[1].redirects=pass");
		client = TestClient.of(sluice.uri("").toString());
	}

	@AfterAll
	static void stop() {
		client.close();
		sluice.close();
		REGISTRY.close();
	}

	@AfterEach
	void behave() {
		REGISTRY.behave();
	}

	@ParameterizedTest
	@ValueSource(strings = { "bytes 0-9/1000", "bytes 10-18/1000", "bytes 10-20/1000", "bytes 11-20/1000",
			"bytes 10-19/19", "bytes 19-10/1000", "bytes 10-19", "bytes */1000", "items 10-19/1000", "10-19/1000",
			"bytes 10-18/*", "bytes 10-19/99999999999999999999",
			"bytes 18446744073709551626-18446744073709551635/18446744073709551999", "nonsense", "" })
	void refusesAnotherPartThanItAskedFor(String contentRange) throws Exception {
		REGISTRY.misbehave(Matching.blobs(), Misbehaviour.header("Content-Range", contentRange));
		OciFailure.of(client.get(PATH, "Range", "bytes=10-19"))
			.is(502, "UNAVAILABLE")
			.saying("registry.example.test answered a part of it (206)");
	}

	@Test
	void refusesAPartThatDoesNotSayWhich() throws Exception {
		REGISTRY.misbehave(Matching.blobs(), Misbehaviour.without("Content-Range"));
		OciFailure.of(client.get(PATH, "Range", "bytes=10-19")).is(502, "UNAVAILABLE").saying("no Content-Range");
	}

	@Test
	void refusesAPartThatIsSaidToBeTwo() throws Exception {
		REGISTRY.misbehave(Matching.blobs(), Misbehaviour.extraHeaders(Map.of("Content-Range", "bytes 0-9/1000")));
		OciFailure.of(client.get(PATH, "Range", "bytes=10-19")).is(502, "UNAVAILABLE").saying("Content-Range");
	}

	@Test
	void refusesAPartOfAnotherLengthThanItSays() throws Exception {
		REGISTRY.misbehave(Matching.blobs(), Misbehaviour.answer(206, "application/octet-stream", "123456789"));
		REGISTRY.misbehave(Matching.blobs(), Misbehaviour.header("Content-Range", "bytes 10-19/1000"));
		OciFailure.of(client.get(PATH, "Range", "bytes=10-19")).is(502, "UNAVAILABLE").saying("answered 9 bytes");
	}

	/** In chunks, a part says its length by its range alone. */
	@ParameterizedTest
	@ValueSource(strings = { "1", "123456789" })
	void breaksOffAPartThatIsShorterThanItSays(String body) throws Exception {
		answerInChunks(body);
		RawAnswer answer = RawAnswer.of(sluice.uri(""), "GET " + PATH + " HTTP/1.1", "Range: bytes=10-19");
		assertThat(answer.head()).containsIgnoringCase("content-length: 10");
		assertThat(answer.body()).hasSizeLessThan(10);
	}

	@ParameterizedTest
	@ValueSource(strings = { "12345678901", "123456789012345" })
	void refusesAPartThatIsLongerThanItSays(String body) throws Exception {
		answerInChunks(body);
		OciFailure.of(client.get(PATH, "Range", "bytes=10-19")).is(502, "UNAVAILABLE").saying("behind the 10 bytes");
	}

	private static void answerInChunks(String part) {
		REGISTRY.misbehave(Matching.blobs(), Misbehaviour.answer(206, "application/octet-stream", part));
		REGISTRY.misbehave(Matching.blobs(), Misbehaviour.header("Content-Range", "bytes 10-19/1000"));
		REGISTRY.misbehave(Matching.blobs(), Misbehaviour.without("Content-Length"));
	}

	@Test
	void saysHowLongAPartIsThatComesInChunks() throws Exception {
		REGISTRY.misbehave(Matching.blobs(), Misbehaviour.without("Content-Length"));
		HttpResponse<byte[]> answer = client.get(PATH, "Range", "bytes=10-19");
		assertThat(header(answer, "Content-Length")).isEqualTo("10");
		assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(BLOB.bytes(), 10, 20));
	}

	@ParameterizedTest
	@ValueSource(strings = { "multipart/byteranges; boundary=x", "Multipart/ByteRanges" })
	void refusesSeveralPartsInOne(String contentType) throws Exception {
		REGISTRY.misbehave(Matching.blobs(), Misbehaviour.header("Content-Type", contentType));
		OciFailure.of(client.get(PATH, "Range", "bytes=10-19")).is(502, "UNAVAILABLE").saying("several parts");
		OciFailure.of(client.get(PATH)).is(502, "UNAVAILABLE").saying("several parts");
	}

	@Test
	void takesAPartOfAWholeOfUnknownLength() throws Exception {
		REGISTRY.misbehave(Matching.blobs(), Misbehaviour.header("Content-Range", "bytes 10-19/*"));
		HttpResponse<byte[]> answer = client.get(PATH, "Range", "bytes=10-19");
		assertThat(answer.statusCode()).isEqualTo(206);
		assertThat(header(answer, "Content-Range")).isEqualTo("bytes 10-19/*");
		assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(BLOB.bytes(), 10, 20));
	}

	@ParameterizedTest
	@ValueSource(strings = { "bytes 0-9/1000", "bytes 1-999/1000", "bytes 0-998/1000", "bytes 0-999/1001",
			"bytes 0-998/*", "bytes 0-999/*", "bytes */1000", "nonsense" })
	void refusesTheWholeThatIsSaidToBeAPart(String contentRange) throws Exception {
		REGISTRY.misbehave(Matching.blobs(), Misbehaviour.header("Content-Range", contentRange));
		OciFailure.of(client.get(PATH)).is(502, "UNAVAILABLE").saying("registry.example.test answered all of it (200)");
		assertThat(client.head(PATH).statusCode()).isEqualTo(502);
	}

	@Test
	void takesTheWholeThatSaysSo() throws Exception {
		REGISTRY.misbehave(Matching.blobs(), Misbehaviour.header("Content-Range", "bytes 0-999/1000"));
		HttpResponse<byte[]> answer = client.get(PATH);
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).isEqualTo(BLOB.bytes());
		assertThat(answer.headers().map()).doesNotContainKey("content-range");
	}

	@ParameterizedTest
	@CsvSource({ "bytes 0-0/1000, 200", "bytes 1-1/1000, 502", "bytes 0-1/1000, 502", "nonsense, 502" })
	void holdsWhatStandsInForAHeadAgainstTheByteAskedFor(String contentRange, int status) throws Exception {
		REGISTRY.misbehave(Matching.head("/blobs/"), Misbehaviour.status(405));
		REGISTRY.misbehave(Matching.get("/blobs/"), Misbehaviour.header("Content-Range", contentRange));
		HttpResponse<byte[]> answer = client.head(PATH);
		assertThat(answer.statusCode()).isEqualTo(status);
		if (status == 200) {
			assertThat(header(answer, "Content-Length")).isEqualTo(Integer.toString(SIZE));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "bytes=500-0", "bytes=-99999999999999999999", "bytes=0-1,3-4",
			"bytes=99999999999999999999-0", "bytes=x" })
	void answersTheWholeToWhatIsNoRange(String range) throws Exception {
		HttpResponse<byte[]> answer = client.get(PATH, "Range", range);
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).isEqualTo(BLOB.bytes());
	}

	@ParameterizedTest
	@CsvSource({ "bytes=99999999999999999999-, 416", "bytes=1000-99999999999999999999, 416",
			"bytes=5-99999999999999999999, 206", "bytes=-0, 416",
			"bytes=9223372036854775807-9223372036854775808, 416" })
	void takesNumbersOfAnySize(String range, int status) throws Exception {
		HttpResponse<byte[]> answer = client.get(PATH, "Range", range);
		assertThat(answer.statusCode()).isEqualTo(status);
		assertThat(header(answer, "Content-Range")).endsWith("/1000");
	}

	@ParameterizedTest
	@CsvSource({ "bytes */1000, true", "bytes 0-9/1000, false", "bytes */*, false", "bytes=*/1000, false",
			"'bytes */1000\t; evil', false" })
	void passesOnHowLongTheBlobIsIfItIsSaidAsItShould(String contentRange, boolean passedOn) throws Exception {
		REGISTRY.misbehave(Matching.blobs(), Misbehaviour.status(416));
		REGISTRY.misbehave(Matching.blobs(), Misbehaviour.header("Content-Range", contentRange));
		HttpResponse<byte[]> answer = client.get(PATH, "Range", "bytes=1000-");
		assertThat(answer.statusCode()).isEqualTo(416);
		assertThat(answer.headers().map().containsKey("content-range")).isEqualTo(passedOn);
	}

	@Test
	void saysNoLengthOfABlobThatIsElsewhere() throws Exception {
		REGISTRY.misbehave(Matching.blobs(), Misbehaviour.redirect(307, "http://127.0.0.1:1/x"));
		HttpResponse<byte[]> answer = client.get(PATH.replace("registry.", "passes."), "Range", "bytes=-0");
		assertThat(answer.statusCode()).isEqualTo(416);
		assertThat(answer.headers().map()).doesNotContainKey("content-range");
	}

	@Test
	void refusesThatARangeLiesOutsideWhereNoneWasAskedFor() throws Exception {
		REGISTRY.misbehave(Matching.blobs(), Misbehaviour.status(416));
		OciFailure.of(client.get(PATH)).is(502, "UNAVAILABLE").saying("answered 416");
	}

	@ParameterizedTest
	@ValueSource(strings = { "aws-chunked", "", "identity", "none", "utf-8", "binary", "AWS-Chunked,",
			"identity, UTF-8", ", ,", "aws-chunked,aws-chunked", "None", "null", "x-identity", "application/json",
			"application/octet-stream, utf-8" })
	void takesCodingsThatCodeNothingForNone(String coding) throws Exception {
		REGISTRY.misbehave(Matching.blobs(), Misbehaviour.header("Content-Encoding", coding));
		REGISTRY.misbehave(Matching.blobs(), Misbehaviour.extraHeaders(Map.of("content-encoding", "identity")));
		HttpResponse<byte[]> answer = client.get(PATH);
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).isEqualTo(BLOB.bytes());
		assertThat(answer.headers().map()).doesNotContainKey("content-encoding");
		assertThat(client.head(PATH).statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			gzip | identity
			aws-chunked | gzip
			identity | zstd
			aws-chunked,gzip | identity
			'' | br
			GZIP, | ''
			x-unheard-of | none
			""")
	void refusesRealCodingsOnWhicheverLine(String first, String second) throws Exception {
		REGISTRY.misbehave(Matching.blobs(), Misbehaviour.header("Content-Encoding", first));
		REGISTRY.misbehave(Matching.blobs(), Misbehaviour.extraHeaders(Map.of("Content-Encoding", second)));
		OciFailure.of(client.get(PATH)).is(502, "UNAVAILABLE").saying("encodes its answer");
	}

	@Test
	void saysACodingInOneLineOfBoundedLength() throws Exception {
		REGISTRY.misbehave(Matching.blobs(), Misbehaviour.header("Content-Encoding", "x".repeat(5000)));
		assertThat(TestClient.text(client.get(PATH))).hasSizeLessThan(500).contains("xxx…");
	}

}
