package dev.sluice.api;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import dev.sluice.testing.Matching;
import dev.sluice.testing.Misbehaviour;
import dev.sluice.testing.OciFailure;
import dev.sluice.testing.PrivateRegistry;
import dev.sluice.testing.TestImage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static dev.sluice.testing.TestClient.header;
import static dev.sluice.testing.TestClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

/**
 * Tags and the catalog over HTTP, page by page without leaving Sluice.
 */
@Timeout(60)
class ListingApiTests {

	private static final String NAME = PrivateRegistry.NAME;

	private static final TestImage IMAGE = TestImage.random();

	private static final List<String> TAGS = IntStream.range(10, 35).mapToObj((number) -> "v" + number).toList();

	private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

	private static PrivateRegistry upstream;

	@BeforeAll
	static void start(@TempDir Path directory) {
		upstream = PrivateRegistry.start(directory, "sluice.upstreams[0].catalog=true",
				"sluice.upstreams[0].aliases=corp", "sluice.upstreams[1].name=closed.example.test");
		TAGS.forEach((tag) -> upstream.registry().push("acme/app", tag, IMAGE));
		upstream.registry().push("acme/base", "1", TestImage.random()).push("zulu/app", "1", TestImage.random());
	}

	@AfterAll
	static void stop() {
		upstream.close();
	}

	@AfterEach
	void behave() {
		upstream.registry().behave();
		upstream.registry().pageSize(Integer.MAX_VALUE);
	}

	@Test
	void listsAllTags() throws Exception {
		HttpResponse<byte[]> answer = get("/v2/acme/app/tags/list");
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(names(answer, "tags")).isEqualTo(TAGS);
		assertThat(json(answer).path("name").asString()).isEqualTo("acme/app");
		assertThat(answer.headers().map()).doesNotContainKey("link");
	}

	@Test
	void listsThePageAskedFor() throws Exception {
		HttpResponse<byte[]> answer = get("/v2/acme/app/tags/list?n=3&last=v12");
		assertThat(names(answer, "tags")).containsExactly("v13", "v14", "v15");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/v2/acme/app/tags/list?n=4", "/v2/acme/app/tags/list?n=4&ns=" + NAME,
			"/v2/" + NAME + "/acme/app/tags/list?n=4", "/v2/corp/acme/app/tags/list?n=4",
			"/v2/" + NAME + "/acme/app/tags/list?n=4&ns=" + NAME })
	void followsPagesToTheEndOnTheWayTheyWereAskedFor(String first) throws Exception {
		List<String> all = new ArrayList<>();
		Optional<String> page = Optional.of(first);
		while (page.isPresent()) {
			assertThat(page.get()).startsWith(first.substring(0, first.indexOf('?')));
			assertThat(page.get().contains("ns=")).isEqualTo(first.contains("ns="));
			HttpResponse<byte[]> answer = get(page.get());
			all.addAll(names(answer, "tags"));
			page = next(answer);
		}
		assertThat(all).isEqualTo(TAGS);
	}

	@ParameterizedTest
	@ValueSource(strings = { "<http://registry.internal:5000/v2/acme/app/tags/list?last=v13&n=4>; rel=\"next\"",
			"</v2/acme/app/tags/list?last=v13&n=4>; rel=next", "<?last=v13&n=4>; title=\"x\"; rel=\"next\"",
			"<list?last=v13&n=4>;rel=\"next\"", "<list?ns=other.example&last=v13&n=4>; rel=\"next\"",
			"<list?last=v2&n=4>; rel=\"prev\", <list?last=v13&n=4>; rel=\"next\"",
			"<list?last=v13&n=4>; rel=\"last next\"", "<//other.example/v2/x?last=v13&n=4>; title=\"a,b\"; rel=Next",
			"<list?last=v13&n=4&%6e%73=other.example>; rel=next", "list?last=v13&n=4; rel=\"next\"",
			"<list?last=v13&n=4>; rel='next'" })
	void keepsTheClientOnSluiceWhateverFormTheLinkHas(String link) throws Exception {
		upstream.registry().misbehave(Matching.path("/tags/"), Misbehaviour.header("Link", link));
		HttpResponse<byte[]> answer = get("/v2/" + NAME + "/acme/app/tags/list?n=4");
		assertThat(header(answer, "Link"))
			.isEqualTo("</v2/" + NAME + "/acme/app/tags/list?last=v13&n=4>; rel=\"next\"");
	}

	@Test
	void findsTheLinkInWhicheverLineItStands() throws Exception {
		upstream.registry()
			.misbehave(Matching.path("/tags/"), Misbehaviour.header("Link", "<list?last=v1>; rel=\"prev\""));
		upstream.registry()
			.misbehave(Matching.path("/tags/"),
					Misbehaviour.extraHeaders(Map.of("Link", "<list?last=v13&n=4>; rel=\"next\"")));
		assertThat(next(get("/v2/acme/app/tags/list"))).contains("/v2/acme/app/tags/list?last=v13&n=4");
	}

	@ParameterizedTest
	@ValueSource(strings = { "</v2/acme/app/tags/list?last=v13>; rel=\"prev\"", "</v2/acme/app/tags/list?last=v13>",
			"<http://evil.test/x>", "nonsense",
			"</v2/acme/app/tags/list?last=v13>; rel=\"first\", <https://evil.test/>; rel=\"preconnect\"",
			"<style.css>; rel=stylesheet", "</v2/acme/app/tags/list>; rel=\"next\"", "<?>; rel=next",
			"<?ns=evil.test>; rel=next", "<?n=9>; rel=next", "<//other.example/acme/app/tags/list?n=9>; rel=next" })
	void showsNoLinkButToANextPage(String link) throws Exception {
		upstream.registry().misbehave(Matching.path("/tags/"), Misbehaviour.header("Link", link));
		HttpResponse<byte[]> answer = get("/v2/acme/app/tags/list?n=9");
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().map()).doesNotContainKey("link");
	}

	/** Without a link a client would take the first page for all there is. */
	@ParameterizedTest
	@ValueSource(strings = { "<page/2>; rel=next", "</v2/acme/app/tags/list/2?n=9>; rel=next",
			"<javascript:?n=1>; rel=next", "<ftp://h/?n=1>; rel=next", "<https://u:p@h/list?last=a>; rel=next",
			"<http://:x/list?last=a>; rel=next" })
	void nextPageThatCannotBeReachedIsTheUpstreamsFault(String link) throws Exception {
		upstream.registry().misbehave(Matching.path("/tags/"), Misbehaviour.header("Link", link));
		OciFailure.of(get("/v2/acme/app/tags/list?n=9")).is(502, "UNAVAILABLE").saying("goes on with the list at");
	}

	@Test
	void nextPageOfMoreThanARequestHoldsIsTheUpstreamsFault() throws Exception {
		upstream.registry()
			.misbehave(Matching.path("/tags/"),
					Misbehaviour.header("Link", "<list?last=" + "a".repeat(20_000) + ">; rel=next"));
		OciFailure.of(get("/v2/acme/app/tags/list")).is(502, "UNAVAILABLE").saying("longer than");
	}

	@Test
	void linkOfMoreParametersThanAnybodyAsksForIsTheUpstreamsFault() throws Exception {
		upstream.registry()
			.misbehave(Matching.path("/tags/"),
					Misbehaviour.header("Link", "<?" + "a&".repeat(150) + ">; rel=\"next\""));
		OciFailure.of(get("/v2/acme/app/tags/list")).is(502, "UNAVAILABLE").saying("link to the next page");
	}

	@Test
	void linkOfTensOfThousandsOfBracketsCostsNoTime() throws Exception {
		upstream.registry().misbehave(Matching.path("/tags/"), Misbehaviour.header("Link", "<".repeat(30_000)));
		HttpResponse<byte[]> answer = assertTimeout(Duration.ofSeconds(15), () -> get("/v2/acme/app/tags/list"));
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().map()).doesNotContainKey("link");
	}

	@Test
	void showsNoLinkThatComesWithContent() throws Exception {
		upstream.registry().misbehave(Matching.any(), Misbehaviour.header("Link", "<?n=1>; rel=next"));
		for (String path : List.of("manifests/v10", "blobs/" + IMAGE.layer(0).digest())) {
			HttpResponse<byte[]> answer = get("/v2/acme/app/" + path);
			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(answer.headers().map()).doesNotContainKey("link");
		}
	}

	@Test
	void passesOnWhatTheUpstreamThinksOfTheQuery() throws Exception {
		HttpResponse<byte[]> answer = get("/v2/acme/app/tags/list?n=many");
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(text(answer)).contains("PAGINATION_NUMBER_INVALID");
	}

	@Test
	void refusesMoreQueryParametersThanAnybodyNeeds() throws Exception {
		OciFailure.of(get("/v2/acme/app/tags/list?" + "a=b&".repeat(101))).is(400, "UNSUPPORTED").saying("100");
		assertThat(get("/v2/acme/app/tags/list?" + "&".repeat(1000) + "a=b&".repeat(100)).statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/v2/_catalog?n=1", "/v2/" + NAME + "/_catalog?n=1", "/v2/_catalog?n=1&ns=" + NAME })
	void listsTheCatalogWhereItIsEnabled(String first) throws Exception {
		List<String> all = new ArrayList<>();
		for (Optional<String> page = Optional.of(first); page.isPresent();) {
			HttpResponse<byte[]> answer = get(page.get());
			all.addAll(names(answer, "repositories"));
			page = next(answer);
		}
		assertThat(all).containsExactly("acme/app", "acme/base", "zulu/app");
	}

	@Test
	void servesNoCatalogUnlessItIsEnabled() throws Exception {
		for (String path : List.of("/v2/closed.example.test/_catalog", "/v2/_catalog?ns=closed.example.test")) {
			HttpResponse<byte[]> answer = get(path);
			assertThat(answer.statusCode()).isEqualTo(404);
			assertThat(text(answer)).contains("closed.example.test", "catalog");
		}
	}

	@Test
	void answersHeadOfAListing() throws Exception {
		HttpResponse<byte[]> head = upstream.client().head("/v2/acme/app/tags/list?n=4");
		assertThat(head.statusCode()).isEqualTo(200);
		assertThat(header(head, "Content-Length"))
			.isEqualTo(header(get("/v2/acme/app/tags/list?n=4"), "Content-Length"));
		assertThat(next(head)).isPresent();
	}

	private static Optional<String> next(HttpResponse<byte[]> answer) {
		return answer.headers().firstValue("Link").map((link) -> {
			Matcher matcher = NEXT.matcher(link);
			assertThat(matcher.matches()).as(link).isTrue();
			return matcher.group(1);
		});
	}

	private static List<String> names(HttpResponse<byte[]> answer, String member) {
		assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
		return json(answer).path(member).valueStream().map(JsonNode::asString).toList();
	}

	private static JsonNode json(HttpResponse<byte[]> answer) {
		return JsonMapper.shared().readTree(answer.body());
	}

	private static HttpResponse<byte[]> get(String path) throws Exception {
		return upstream.client().get(path);
	}

}
