package dev.sluice.api;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Predicate;

import dev.sluice.testing.LogCapture;
import dev.sluice.testing.Matching;
import dev.sluice.testing.PrivateRegistry;
import dev.sluice.testing.RecordedRequest;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestContent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Blobs of a private registry through the program with its store on.
 */
@Timeout(60)
class StoredBlobTests {

	private static final TestContent BLOB = TestContent.generated(3_000_000, 11);

	private static final String PATH = "/v2/acme/app/blobs/" + BLOB.digest();

	private static final Predicate<RecordedRequest> FETCHED = Matching.get("/blobs/").and(Matching.authorized());

	@TempDir
	private Path directory;

	@Test
	void aBlobThatIsPulledTwiceIsFetchedOnce() throws Exception {
		try (PrivateRegistry registry = start()) {
			for (int time = 0; time < 2; time++) {
				HttpResponse<byte[]> answer = registry.client().get(PATH);
				assertThat(answer.statusCode()).isEqualTo(200);
				assertThat(TestClient.header(answer, "Content-Length")).isEqualTo("3000000");
				assertThat(answer.body()).isEqualTo(BLOB.bytes());
			}
			assertThat(registry.registry().requests().count(FETCHED)).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@CsvSource({ "bytes=0-9, 0, 10", "bytes=1000000-1999999, 1000000, 2000000", "bytes=-5, 2999995, 3000000",
			"bytes=2999990-, 2999990, 3000000" })
	void aPartOfWhatIsHeldIsNotFetched(String range, int first, int end) throws Exception {
		try (PrivateRegistry registry = start()) {
			registry.client().get(PATH);
			awaitKept();
			HttpResponse<byte[]> answer = registry.client().get(PATH, "Range", range);
			assertThat(answer.statusCode()).isEqualTo(206);
			assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(BLOB.bytes(), first, end));
			assertThat(registry.registry().requests().count(FETCHED)).isEqualTo(1);
		}
	}

	@Test
	void whatIsHeldIsThereAfterARestart() throws Exception {
		try (PrivateRegistry first = start()) {
			first.client().get(PATH);
			awaitKept();
		}
		try (PrivateRegistry second = start()) {
			assertThat(second.client().get(PATH).body()).isEqualTo(BLOB.bytes());
			assertThat(second.registry().requests().count(FETCHED)).isZero();
		}
	}

	@Test
	void itsLineTellsWhereTheBytesCameFrom() throws Exception {
		try (PrivateRegistry registry = start(); LogCapture log = LogCapture.asUsersSeeIt()) {
			registry.client().get(PATH, "Range", "bytes=9-12");
			assertThat(log.awaitAccessLine("status=206")).contains(" bytes=4 from=upstream ");
			registry.client().get(PATH);
			assertThat(log.awaitAccessLine("bytes=3000000")).contains(" from=fill ");
			awaitKept();
			registry.client().head(PATH);
			assertThat(log.awaitAccessLine("method=HEAD")).contains(" status=200 ", " bytes=0 from=disk ");
			registry.client().get(PATH, "Range", "bytes=9-13");
			assertThat(log.awaitAccessLine("bytes=5 ")).contains(" from=disk ");
			registry.client().get(PATH, "Range", "bytes=3000000-");
			assertThat(log.awaitAccessLine("status=416")).doesNotContain(" from=");
		}
	}

	private PrivateRegistry start() {
		PrivateRegistry registry = PrivateRegistry.start(this.directory, "sluice.store.enabled=true",
				"sluice.store.path=" + this.directory.resolve("store"));
		registry.registry().push("acme/app", BLOB);
		return registry;
	}

	private void awaitKept() {
		String hex = BLOB.digest().substring(BLOB.digest().indexOf(':') + 1);
		Path file = this.directory.resolve("store/blobs/sha256").resolve(hex.substring(0, 2)).resolve(hex);
		await().until(() -> Files.exists(file));
	}

}
