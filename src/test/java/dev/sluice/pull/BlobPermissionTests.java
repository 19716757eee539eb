package dev.sluice.pull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.sluice.oci.RegistryException;
import dev.sluice.oci.RequestException;
import dev.sluice.testing.Answer;
import dev.sluice.testing.ByteSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.sluice.pull.StoredPulls.ELSEWHERE;
import static dev.sluice.pull.StoredPulls.HERE;
import static dev.sluice.pull.StoredPulls.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Who may have a blob that is held, and when its upstream is asked.
 */
class BlobPermissionTests {

	private static final Duration A_DAY = Duration.ofHours(24);

	private static final Answer PAGE = Answer.of(403, "text/html", ByteSource.of("<html>blocked by policy</html>"));

	@TempDir
	private Path root;

	private StoredPulls pulls;

	@BeforeEach
	void fill() throws Exception {
		this.pulls = new StoredPulls(this.root);
		this.pulls.fill();
	}

	@AfterEach
	void close() throws IOException {
		this.pulls.close();
	}

	@Test
	void aRepositoryThatHasGivenItIsNotAsked() {
		assertThat(asked()).isEmpty();
		assertThat(this.pulls.askedDuring(() -> assertThat(this.pulls.head(HERE).length()).hasValue(TEXT.length())))
			.isEmpty();
	}

	@Test
	void norIsItAfterARestart() throws Exception {
		this.pulls.restart();
		assertThat(asked()).isEmpty();
	}

	@Test
	void anotherRepositoryIsAskedOnce() {
		this.pulls.registryAnswers("/other/repo/", Answer.of(200).with("Content-Length", "10"));
		assertThat(this.pulls.askedDuring(() -> assertThat(this.pulls.read(ELSEWHERE, "")).isEqualTo(TEXT)))
			.containsExactly("HEAD other/repo");
		assertThat(this.pulls.askedDuring(() -> assertThat(this.pulls.read(ELSEWHERE, "bytes=2-3")).isEqualTo("23")))
			.isEmpty();
	}

	@Test
	void aRepositoryThatDoesNotHaveItGetsNothing() {
		this.pulls.registryAnswers("/other/repo/", Answer.of(404));
		assertThat(this.pulls.askedDuring(() -> assertThatExceptionOfType(RequestException.NotFound.class)
			.isThrownBy(() -> this.pulls.get(ELSEWHERE, "")))).containsExactly("HEAD other/repo");
	}

	@Test
	void theUpstreamsWordHoldsForADay() {
		this.pulls.clock.advance(A_DAY.minusSeconds(1));
		assertThat(asked()).isEmpty();
		this.pulls.clock.advance(Duration.ofSeconds(1));
		assertThat(asked()).containsExactly("HEAD acme/app");
		assertThat(asked()).isEmpty();
	}

	@Test
	void aWordFromAheadOfTheClockIsOld() {
		this.pulls.clock.advance(Duration.ofMinutes(-10));
		assertThat(asked()).hasSize(1);
		assertThat(asked()).isEmpty();
	}

	@Test
	void anotherLoginHasToBeConfirmed() {
		this.pulls.logIn("robot", "second");
		assertThat(asked()).filteredOn((it) -> it.equals("HEAD acme/app")).hasSize(1);
		assertThat(asked()).isEmpty();
	}

	@Test
	void aLoginThatIsRemovedServesNothingMore() {
		this.pulls.logOut();
		assertRefused();
	}

	@Test
	void norDoesItWhileTheUpstreamIsDown() {
		this.pulls.logOut();
		this.pulls.registryAnswers(Answer.of(503));
		assertRefused();
	}

	@Test
	void aLoginThatTheRegistryRefusesServesNothingAfterADay() {
		this.pulls.registryAnswers(Answer.of(401).with("WWW-Authenticate", "Basic realm=\"r\""));
		assertThat(asked()).isEmpty();
		this.pulls.clock.advance(A_DAY);
		assertRefused();
		assertRefused();
	}

	@ParameterizedTest
	@ValueSource(ints = { 429, 500, 503 })
	void anUpstreamThatCannotSayIsNotWaitedFor(int status) {
		this.pulls.registryAnswers(Answer.of(status));
		this.pulls.clock.advance(A_DAY);
		assertStale();
		this.pulls.clock.advance(Duration.ofDays(6));
		assertRefused();
	}

	@Test
	void aPageFromWhoeverStandsBetweenIsNoDenial() {
		this.pulls.registryAnswers(PAGE);
		this.pulls.clock.advance(A_DAY);
		assertStale();
	}

	@Test
	void aPageInPlaceOfTheBlobIsNoConfirmation() {
		this.pulls.registryAnswers(Answer.of(200, "text/html", ByteSource.of("<html>accept our terms</html>")));
		assertThatExceptionOfType(RegistryException.class).isThrownBy(() -> this.pulls.get(ELSEWHERE, ""));
		this.pulls.clock.advance(A_DAY);
		assertStale();
	}

	@Test
	void whatAnotherHostRefusesIsNoDenial() {
		this.pulls.registryAnswers(Answer.of(403));
		this.pulls.registryAnswers("/acme/app/", Answer.of(307).with("Location", "https://cdn.example/signed"));
		this.pulls.clock.advance(A_DAY);
		assertStale();
	}

	@Test
	void anotherLoginThatCannotBeConfirmedWillDo() {
		this.pulls.logIn("robot", "second");
		this.pulls.registryAnswers(Answer.of(503));
		assertStale();
	}

	@Test
	void aDenialIsRememberedWhileTheUpstreamIsDown() throws Exception {
		this.pulls.registryAnswers(Answer.of(404));
		this.pulls.clock.advance(A_DAY);
		assertRefused();
		this.pulls.registryAnswers(Answer.of(503));
		assertRefused();
		this.pulls.restart();
		assertRefused();
	}

	/** Many say 0, and any may say anything: nobody else's blob is dropped for it. */
	@ParameterizedTest
	@ValueSource(strings = { "0", "9", "11" })
	void aWrongLengthFromAnotherRepositoryHarmsNobody(String length) {
		this.pulls.registryAnswers("/other/repo/", Answer.of(200).with("Content-Length", length));
		assertThat(this.pulls.read(ELSEWHERE, "")).isEqualTo(TEXT);
		assertThat(this.pulls.askedDuring(() -> assertThat(this.pulls.read(ELSEWHERE, "")).isEqualTo(TEXT))).isEmpty();
		assertThat(file()).hasContent(TEXT);
		assertThat(asked()).isEmpty();
	}

	@Test
	void aFileOfAnotherLengthIsFetchedAnew() throws IOException {
		Files.write(file(), new byte[] { '0' });
		assertThat(asked()).filteredOn((it) -> it.equals("GET acme/app")).hasSize(1);
		await().untilAsserted(() -> assertThat(file()).hasContent(TEXT));
	}

	private Path file() {
		String hex = StoredPulls.DIGEST.hex();
		return this.root.resolve("blobs").resolve("sha256").resolve(hex.substring(0, 2)).resolve(hex);
	}

	/** A pull that succeeds. */
	private List<String> asked() {
		return this.pulls.askedDuring(() -> {
			Pulled pulled = this.pulls.get(HERE, "");
			assertThat(pulled.notes().warnings()).isEmpty();
			assertThat(StoredPulls.text(pulled)).isEqualTo(TEXT);
		});
	}

	private void assertStale() {
		Pulled pulled = this.pulls.get(HERE, "");
		assertThat(pulled.notes().warnings()).singleElement()
			.asString()
			.startsWith("299 - \"reg.example can't be asked");
		assertThat(StoredPulls.text(pulled)).isEqualTo(TEXT);
	}

	private void assertRefused() {
		assertThatExceptionOfType(RegistryException.class).isThrownBy(() -> this.pulls.get(HERE, ""));
	}

}
