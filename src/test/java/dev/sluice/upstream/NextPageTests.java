package dev.sluice.upstream;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import dev.sluice.credential.Credential;
import dev.sluice.credential.Login;
import dev.sluice.credential.Secret;
import dev.sluice.oci.UpstreamException.InvalidAnswer;
import dev.sluice.testing.Answer;
import dev.sluice.testing.Matching;
import dev.sluice.testing.ScriptedUpstream;
import io.netty.handler.codec.http.HttpMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Where a list goes on, whatever a registry's links look like: at a query, or nowhere.
 */
class NextPageTests {

	private static final String SECRET = "pa55/w0rd+";

	/** Its login is sent at once. */
	private final ScriptedUpstream registry = ScriptedUpstream
		.askedWith(Kept.of(new Login(new Credential.RegistryToken(new Secret(SECRET)), Map.of(), "a file")));

	@ParameterizedTest
	@ValueSource(strings = { "</v2/acme/app/tags/list?last=b&n=2>", "<?last=b&n=2>", "<list?last=b&n=2>",
			"<https://reg.example/v2/acme/app/tags/list?last=b&n=2>",
			"<//reg.example/v2/acme/app/tags/list?last=b&n=2>",
			"<https://elsewhere.example:8443/v2/acme/app/tags/list?last=b&n=2>",
			"<http://127.0.0.1:5000/prefix/v2/acme/app/tags/list?last=b&n=2#f>",
			"</artifactory/api/docker/acme/app/tags/list?last=b&n=2>", "</v2/acme/app/tags?last=b&n=2>" })
	void goesOnAtTheQueryOfTheLinkWhereverItLeads(String link) {
		assertThat(nextPage("n=2", link + "; rel=\"next\"")).contains("last=b&n=2");
	}

	@ParameterizedTest
	@ValueSource(strings = { "<?last=b|c&n=2>", "<?last=b c>", "<?last=%zz>", "<?a=<b>" })
	void goesOnAtAQueryThatCanBeSent(String link) {
		assertThat(nextPage("n=2", link + "; rel=next").orElseThrow()).matches("[!-~&&[^\"<>|]]+")
			.doesNotContain(" ", "|");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "nonsense", "</v2/acme/app/tags/list?last=b>; rel=prev",
			"</v2/acme/app/tags/list>; rel=next", "</v2/acme/app/tags/list?>; rel=next", "<?n=2>; rel=next",
			"</v2/acme/app/tags/list?n=2>; rel=next", "</prefix/v2/acme/app/tags/list>; rel=next" })
	void endsWithoutALinkOrWhereItLeadsToThePageItself(String link) {
		assertThat(nextPage("n=2", link)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "</v2/acme/app/tags/page/2>", "</v2/acme/app/tags/list/2?>", "</page/2?n=2>", "<2>" })
	void saysThatAListGoesOnWhereNoQueryLeads(String link) {
		assertThatExceptionOfType(InvalidAnswer.class).isThrownBy(() -> nextPage("n=2", link + "; rel=next"))
			.withMessage("https://reg.example goes on with the list at another path: only a query can be followed");
	}

	@ParameterizedTest
	@ValueSource(strings = { "<http://>", "<ftp://reg.example/?a>", "<https://robot:pw@reg.example/list?last=b>",
			"<http://[bad/list?a>" })
	void saysThatAListGoesOnAtWhatIsNoUrl(String link) {
		assertThatExceptionOfType(InvalidAnswer.class).isThrownBy(() -> nextPage("n=2", link + "; rel=next"))
			.withMessageStartingWith("https://reg.example goes on with the list at what is no URL: ")
			.withMessageNotContaining("pw");
	}

	@ParameterizedTest
	@ValueSource(strings = { SECRET, "cGE1NS93MHJkKw", "pa55%2Fw0rd%2B", "PA55%2fw0rd+" })
	void goesOnNowhereThatRepeatsOurCredential(String secret) {
		assertThatExceptionOfType(InvalidAnswer.class)
			.isThrownBy(() -> nextPage("n=2", "<?last=b&key=" + secret + ">; rel=next"))
			.withMessageContaining("repeats our own credential")
			.withMessageNotContaining(secret);
	}

	@Test
	void goesOnAtTheFirstOfSeveralLines() {
		this.registry.answer(Matching.any(),
				Answer.of(200)
					.with("Link", "<?last=a>; rel=prev")
					.adding("Link", "<?last=b>; rel=next")
					.adding("Link", "<?last=c>; rel=next"));
		assertThat(nextPage("")).contains("last=b");
	}

	@Test
	void goesOnAtAQueryWhereThePageHasNone() {
		assertThat(nextPage("", "<?last=b>; rel=next")).contains("last=b");
	}

	private Optional<String> nextPage(String query, String link) {
		this.registry.answer(Matching.any(), Answer.of(200).with("Link", link));
		return nextPage(query);
	}

	private Optional<String> nextPage(String query) {
		UpstreamAnswer page = this.registry.client()
			.fetch(UpstreamRequest.tags(HttpMethod.GET, ScriptedUpstream.REPOSITORY, query))
			.blockOptional(Duration.ofSeconds(10))
			.orElseThrow();
		page.release();
		return page.nextPage();
	}

}
