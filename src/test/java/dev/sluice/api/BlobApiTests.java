package dev.sluice.api;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;

import dev.sluice.testing.Matching;
import dev.sluice.testing.Misbehaviour;
import dev.sluice.testing.PrivateRegistry;
import dev.sluice.testing.TestContent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.sluice.testing.TestClient.header;
import static dev.sluice.testing.TestClient.text;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Blobs over HTTP: whole, in part, described.
 */
@Timeout(60)
class BlobApiTests {

	private static final int SIZE = 300_000;

	private static final TestContent BLOB = TestContent.generated(SIZE, 7);

	private static final TestContent EMPTY = TestContent.of("");

	private static final String PATH = "/v2/acme/app/blobs/" + BLOB.digest();

	private static PrivateRegistry upstream;

	@BeforeAll
	static void start(@TempDir Path directory) {
		upstream = PrivateRegistry.start(directory);
		upstream.registry().push("acme/app", BLOB).push("acme/app", EMPTY);
	}

	@AfterAll
	static void stop() {
		upstream.close();
	}

	@AfterEach
	void behave() {
		upstream.registry().behave();
	}

	@Test
	void servesABlob() throws Exception {
		HttpResponse<byte[]> answer = get(PATH);
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).isEqualTo(BLOB.bytes());
		assertDescribes(answer, BLOB.digest(), SIZE);
	}

	@Test
	void servesABlobBySha512() throws Exception {
		HttpResponse<byte[]> answer = get("/v2/acme/app/blobs/" + BLOB.sha512());
		assertThat(answer.body()).isEqualTo(BLOB.bytes());
		assertDescribes(answer, BLOB.sha512(), SIZE);
	}

	/** One by another algorithm may be anything: nobody has hashed the blob. */
	@Test
	void hasTheDigestAskedForWhateverOtherTheUpstreamNames() throws Exception {
		upstream.registry()
			.misbehave(Matching.blobs(),
					Misbehaviour.header("Docker-Content-Digest", TestContent.of("something else").sha512()));
		assertDescribes(get(PATH), BLOB.digest(), SIZE);
		assertDescribes(upstream.client().head(PATH), BLOB.digest(), SIZE);
	}

	@Test
	void servesAnEmptyBlob() throws Exception {
		HttpResponse<byte[]> answer = get("/v2/acme/app/blobs/" + EMPTY.digest());
		assertThat(answer.statusCode()).isEqualTo(200);
		assertDescribes(answer, EMPTY.digest(), 0);
	}

	@Test
	void describesABlobByHead() throws Exception {
		HttpResponse<byte[]> answer = upstream.client().head(PATH);
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).isEmpty();
		assertDescribes(answer, BLOB.digest(), SIZE);
		assertThat(upstream.registry().requests().last().method()).isEqualTo("HEAD");
	}

	@ParameterizedTest
	@CsvSource({ "0-99, 0, 99", "100-199, 100, 199", "299999-299999, 299999, 299999", "250000-, 250000, 299999",
			"-10, 299990, 299999", "'0-99,', 0, 99", "',, 0 - 99 ,', 0, 99",
			"000000000000000000000-0000000000000000000099, 0, 99", "0-99999999999999999999999, 0, 299999",
			"-999999, 0, 299999", "299990-999999, 299990, 299999" })
	void servesARange(String range, int first, int last) throws Exception {
		HttpResponse<byte[]> answer = get(PATH, "Range", "bytes=" + range);
		assertThat(answer.statusCode()).isEqualTo(206);
		assertThat(header(answer, "Content-Range")).isEqualTo("bytes " + first + "-" + last + "/" + SIZE);
		assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(BLOB.bytes(), first, last + 1));
		assertDescribes(answer, BLOB.digest(), last - first + 1);
	}

	@Test
	void saysHowLongTheBlobIsWhenARangeLiesOutside() throws Exception {
		HttpResponse<byte[]> answer = get(PATH, "Range", "bytes=300000-");
		assertThat(answer.statusCode()).isEqualTo(416);
		assertThat(header(answer, "Content-Range")).isEqualTo("bytes */" + SIZE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "bytes=9223372036854775808-", "bytes=99999999999999999999-", "bytes=-0", "bytes=-000",
			"bytes=18446744073709551616-18446744073709551617" })
	void saysSoWithoutAskingForARangeThatNoBlobHas(String range) throws Exception {
		HttpResponse<byte[]> answer = get(PATH, "Range", range);
		assertThat(answer.statusCode()).isEqualTo(416);
		assertThat(header(answer, "Content-Range")).isEqualTo("bytes */" + SIZE);
		assertThat(text(answer)).contains("errors");
		assertThat(upstream.registry().requests().last().has("Range")).isFalse();
	}

	@Test
	void takesTheUnitInAnyCase() throws Exception {
		assertThat(get(PATH, "Range", "Bytes=0-9").statusCode()).isEqualTo(206);
	}

	@Test
	void servesTheWholeWhenThereAreSeveralRangeLines() throws Exception {
		assertThat(get(PATH, "Range", "bytes=0-1", "Range", "bytes=5-6").statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "bytes=500-0", "bytes=-99999999999999999999", "bytes=0-1,900000-", "bytes=0-1,x",
			"bytes=18446744073709551617-18446744073709551616", "bytes=5", "bytes", "=0-1", "bytes=0--1", "bytes=+1-2",
			"bytes=0x1-2", "bytes=1-2-3", "none=0-1", "items=0-5", "bytes=0-1,5-6", "bytes=9-3", "bytes=-", "lines=1-2",
			"bytes=a-b", "bytes=" })
	void servesTheWholeWhenItIsNotOneRange(String range) throws Exception {
		HttpResponse<byte[]> answer = get(PATH, "Range", range);
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).isEqualTo(BLOB.bytes());
		assertThat(upstream.registry().requests().last().has("Range")).isFalse();
	}

	@Test
	void servesTheWholeWhenTheUpstreamKnowsNoRanges() throws Exception {
		upstream.registry().misbehave(Matching.blobs(), Misbehaviour.ignoreRange());
		HttpResponse<byte[]> answer = get(PATH, "Range", "bytes=5-9");
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).isEqualTo(BLOB.bytes());
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 402, 403, 405, 406, 415, 500, 501, 502, 503, 504 })
	void repeatsARefusedHeadAsGetOfOneByte(int status) throws Exception {
		upstream.registry().misbehave(Matching.head("/blobs/"), Misbehaviour.bareStatus(status));
		HttpResponse<byte[]> answer = upstream.client().head(PATH);
		assertThat(answer.statusCode()).isEqualTo(200);
		assertDescribes(answer, BLOB.digest(), SIZE);
		assertThat(answer.headers().map()).doesNotContainKey("content-range");
		assertThat(upstream.registry().requests().last().header("Range")).contains("bytes=0-0");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void asksForTheFirstByteWhenHeadTellsNoLength(boolean zero) throws Exception {
		upstream.registry()
			.misbehave(Matching.head("/blobs/"),
					zero ? Misbehaviour.header("Content-Length", "0") : Misbehaviour.without("Content-Length"));
		HttpResponse<byte[]> answer = upstream.client().head(PATH);
		assertThat(answer.statusCode()).isEqualTo(200);
		assertDescribes(answer, BLOB.digest(), SIZE);
		assertThat(upstream.registry().requests().last().header("Range")).contains("bytes=0-0");
		upstream.registry().misbehave(Matching.get("/blobs/"), Misbehaviour.ignoreRange());
		assertDescribes(upstream.client().head(PATH), BLOB.digest(), SIZE);
	}

	@Test
	void describesTheWholeWhenHeadKnowsNeitherRangesNorTheLength() throws Exception {
		upstream.registry().misbehave(Matching.head("/blobs/"), Misbehaviour.ignoreRange());
		upstream.registry().misbehave(Matching.head("/blobs/"), Misbehaviour.without("Content-Length"));
		HttpResponse<byte[]> answer = upstream.client().head(PATH, "Range", "bytes=5-9");
		assertThat(answer.statusCode()).isEqualTo(200);
		assertDescribes(answer, BLOB.digest(), SIZE);
		assertThat(upstream.registry().requests().last().header("Range")).contains("bytes=0-0");
	}

	@Test
	void fetchesNoTokenForARefusedHeadWhenItHasOne() throws Exception {
		get(PATH);
		int exchanges = upstream.tokens().exchanges();
		upstream.registry().misbehave(Matching.head("/blobs/"), Misbehaviour.bareStatus(401));
		upstream.client().head(PATH);
		upstream.client().head(PATH);
		assertThat(upstream.tokens().exchanges()).isEqualTo(exchanges);
	}

	@Test
	void describesAnEmptyBlobThoughHeadIsRefused() throws Exception {
		upstream.registry().misbehave(Matching.head("/blobs/"), Misbehaviour.status(405));
		HttpResponse<byte[]> answer = upstream.client().head("/v2/acme/app/blobs/" + EMPTY.digest());
		assertThat(answer.statusCode()).isEqualTo(200);
		assertDescribes(answer, EMPTY.digest(), 0);
	}

	@Test
	void describesABlobThoughHeadIsRefusedAndRangesUnknown() throws Exception {
		upstream.registry().misbehave(Matching.head("/blobs/"), Misbehaviour.status(405));
		upstream.registry().misbehave(Matching.get("/blobs/"), Misbehaviour.ignoreRange());
		assertDescribes(upstream.client().head(PATH), BLOB.digest(), SIZE);
	}

	@Test
	void saysWhichBlobIsUnknown() throws Exception {
		HttpResponse<byte[]> answer = get("/v2/acme/app/blobs/" + TestContent.of("never pushed").digest());
		assertThat(answer.statusCode()).isEqualTo(404);
		assertThat(text(answer)).contains("BLOB_UNKNOWN");
	}

	private static void assertDescribes(HttpResponse<byte[]> answer, String digest, long length) {
		assertThat(header(answer, "Content-Type")).isEqualTo("application/octet-stream");
		assertThat(header(answer, "Content-Length")).isEqualTo(Long.toString(length));
		assertThat(header(answer, "Docker-Content-Digest")).isEqualTo(digest);
		assertThat(header(answer, "Accept-Ranges")).isEqualTo("bytes");
	}

	private static HttpResponse<byte[]> get(String path, String... headers) throws Exception {
		return upstream.client().get(path, headers);
	}

}
