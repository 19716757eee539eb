package dev.sluice.pull;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.sluice.oci.Digest;
import dev.sluice.oci.MediaTypes;
import dev.sluice.oci.RequestException.NotFound;
import dev.sluice.oci.UpstreamException.InvalidAnswer;
import dev.sluice.oci.UpstreamException.UpstreamFailed;
import dev.sluice.pull.ListingPull.Page;
import dev.sluice.testing.Answer;
import dev.sluice.testing.ByteSource;
import dev.sluice.testing.Matching;
import dev.sluice.testing.RecordedRequest;
import dev.sluice.testing.ScriptedUpstream;
import io.netty.handler.codec.http.HttpMethod;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What comes of asking for a list, and what of a registry that has none.
 */
class ListingPullTests {

	private static final Digest SUBJECT = Digest.of(Digest.Algorithm.SHA256, new byte[] { 1 });

	private static final String TAGS = "{\"name\":\"acme/app\",\"tags\":[\"1\"]}";

	private static final String INDEX = "{\"schemaVersion\":2,\"manifests\":[]}";

	private static final Page FIRST = new Page(HttpMethod.GET, "n=2");

	private static final Page HEAD = new Page(HttpMethod.HEAD, "n=2");

	private final AtomicInteger handedOver = new AtomicInteger();

	private final Scheduler work = Schedulers.fromExecutor((task) -> {
		this.handedOver.incrementAndGet();
		task.run();
	});

	private ScriptedUpstream registry = ScriptedUpstream.askedWith();

	@AfterEach
	void letsGoOfEveryAnswer() {
		assertThat(this.registry.open()).isZero();
	}

	@Test
	void handsOnTagsAsTheyArriveAndWhereTheyGoOn() {
		this.registry.answer(Matching.path("/tags/list"), Answer.of(200, "text/plain", ByteSource.of(TAGS))
			.with("Link", "</v2/acme/app/tags/list?n=2&last=1>; rel=\"next\""));
		Pulled.Listing tags = pulled(listing().tags(ScriptedUpstream.TARGET, FIRST));
		assertThat(this.registry.open()).as("read only when they are wanted").isEqualTo(1);
		assertThat(tags.mediaType()).isEqualTo(MediaTypes.JSON);
		assertThat(tags.length()).hasValue(TAGS.length());
		assertThat(tags.notes().nextPage()).contains("n=2&last=1");
		assertThat(PulledText.of(tags)).isEqualTo(TAGS);
		assertThat(asked()).containsExactly("GET /v2/acme/app/tags/list?n=2");
	}

	@Test
	void asksByHeadForAListsHead() {
		this.registry.answer(Matching.head("/tags/list"), Answer.of(200).with("Content-Length", "40"));
		Pulled.Listing tags = pulled(listing().tags(ScriptedUpstream.TARGET, HEAD));
		tags.release();
		assertThat(tags.length()).hasValue(40);
		assertThat(asked()).containsExactly("HEAD /v2/acme/app/tags/list?n=2");
	}

	@Test
	void refusesAListThatGoesOnWhereNobodyCanFollow() {
		this.registry.answer(Matching.path("/tags/list"),
				Answer.of(200, "a/b", ByteSource.of(TAGS)).with("Link", "</page/2>; rel=next"));
		assertThatExceptionOfType(InvalidAnswer.class)
			.isThrownBy(() -> pulled(listing().tags(ScriptedUpstream.TARGET, FIRST)));
	}

	@Test
	void handsOnTheCatalogWhereItIsSwitchedOn() {
		this.registry.answer(Matching.path("/v2/_catalog"), Answer.of(200, "a/b", ByteSource.of("{}")));
		assertThat(PulledText.of(pulled(listing().catalog(ScriptedUpstream.NAME, FIRST)))).isEqualTo("{}");
		assertThat(asked()).containsExactly("GET /v2/_catalog?n=2");
	}

	@Test
	void asksForNoCatalogUnlessItIsSwitchedOn() {
		this.registry = ScriptedUpstream.passingRedirects();
		assertThatExceptionOfType(NotFound.class)
			.isThrownBy(() -> pulled(listing().catalog(ScriptedUpstream.NAME, FIRST)))
			.withMessageContaining("catalog: true")
			.extracting(NotFound::upstreamCode)
			.isEqualTo("UNSUPPORTED");
		assertThat(asked()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { INDEX, "{\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":null}",
			"{\"mediaType\":\"application/vnd.oci.image.index.v1+json\"}" })
	void handsOnReferrersAsAnIndexWhateverTheirTypeIsSaidToBe(String index) {
		this.registry.answer(Matching.path("/referrers/"),
				Answer.of(200, "text/plain", ByteSource.of(index))
					.with("OCI-Filters-Applied", "artifactType")
					.with("Link", "<?n=2&last=1>; rel=next"));
		Pulled.Listing referrers = pulled(listing().referrers(ScriptedUpstream.TARGET, SUBJECT, FIRST));
		assertThat(this.registry.open()).as("held").isZero();
		assertThat(referrers.mediaType()).isEqualTo(MediaTypes.OCI_INDEX);
		assertThat(referrers.length()).hasValue(index.length());
		assertThat(referrers.notes().filtersApplied()).contains("artifactType");
		assertThat(referrers.notes().nextPage()).contains("n=2&last=1");
		assertThat(PulledText.of(referrers)).isEqualTo(index);
		assertThat(asked()).containsExactly("GET /v2/acme/app/referrers/" + SUBJECT + "?n=2");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{}", "[]", "null", "<html>", "{\"manifests\":\"none\"}", "{\"mediaType\":\"a/b\"}",
			"{\"manifests\":[]", "[{\"manifests\":[]}]" })
	void saysThatThereAreNoReferrersWhereThatIsNoIndex(String text) {
		this.registry.answer(Matching.path("/referrers/"), Answer.of(200, "a/b", ByteSource.of(text)));
		assertNoReferrers();
	}

	@ParameterizedTest
	@CsvSource({ "400, ''", "404, ''", "405, ''", "406, ''", "410, ''", "501, ''", "418, ''", "200, text/html",
			"206, a/b" })
	void saysThatThereAreNoReferrersHoweverTheRegistrySaysSo(int status, String type) {
		this.registry.answer(Matching.path("/referrers/"), Answer.of(status, type, ByteSource.of(INDEX)));
		assertNoReferrers();
	}

	@Test
	void saysThatARegistryFailsThatShouldHaveReferrers() {
		this.registry.answer(Matching.path("/referrers/"), Answer.of(503));
		assertThatExceptionOfType(UpstreamFailed.class)
			.isThrownBy(() -> pulled(listing().referrers(ScriptedUpstream.TARGET, SUBJECT, FIRST)));
	}

	@Test
	void asksByGetForTheHeadOfReferrersToSeeWhatTheyAre() {
		this.registry.answer(Matching.get("/referrers/"), Answer.of(200, "a/b", ByteSource.of(INDEX)));
		Pulled.Listing referrers = pulled(listing().referrers(ScriptedUpstream.TARGET, SUBJECT, HEAD));
		assertThat(referrers.body()).isEqualTo(new Body.None());
		assertThat(referrers.length()).hasValue(INDEX.length());
		assertThat(asked()).containsExactly("GET /v2/acme/app/referrers/" + SUBJECT + "?n=2");
	}

	@ParameterizedTest
	@CsvSource({ "65536, 0", "65537, 1" })
	void readsALargeListOfReferrersWhereThatIsWork(int size, int handedOver) {
		String index = INDEX + " ".repeat(size - INDEX.length());
		this.registry.answer(Matching.path("/referrers/"), Answer.of(200, "a/b", ByteSource.of(index)));
		pulled(listing().referrers(ScriptedUpstream.TARGET, SUBJECT, FIRST)).release();
		assertThat(this.handedOver).hasValue(handedOver);
	}

	@Test
	void refusesMoreReferrersThanAManifestMayHave() {
		String index = INDEX + " ".repeat(4 * 1024 * 1024 + 1 - INDEX.length());
		this.registry.answer(Matching.path("/referrers/"), Answer.of(200, "a/b", ByteSource.of(index)));
		assertThatExceptionOfType(InvalidAnswer.class)
			.isThrownBy(() -> pulled(listing().referrers(ScriptedUpstream.TARGET, SUBJECT, FIRST)))
			.withMessageContaining("4194304");
	}

	private void assertNoReferrers() {
		assertThatExceptionOfType(NotFound.class)
			.isThrownBy(() -> pulled(listing().referrers(ScriptedUpstream.TARGET, SUBJECT, FIRST)))
			.withMessageStartingWith("reg.example ")
			.extracting(NotFound::upstreamCode)
			.isEqualTo("UNSUPPORTED");
	}

	private ListingPull listing() {
		return new ListingPull(this.registry.directory(), this.work);
	}

	private static Pulled.Listing pulled(Mono<Pulled.Listing> listing) {
		return listing.blockOptional(Duration.ofSeconds(10)).orElseThrow();
	}

	private List<String> asked() {
		return this.registry.asked().stream().map(ListingPullTests::target).toList();
	}

	private static String target(RecordedRequest request) {
		return request + (request.query().isEmpty() ? "" : "?" + request.query());
	}

}
