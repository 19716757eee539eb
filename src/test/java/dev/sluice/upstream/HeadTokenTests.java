package dev.sluice.upstream;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import dev.sluice.credential.Credential;
import dev.sluice.credential.Login;
import dev.sluice.credential.Secret;
import dev.sluice.oci.Tag;
import dev.sluice.testing.Answer;
import dev.sluice.testing.ByteSource;
import dev.sluice.testing.Matching;
import dev.sluice.testing.RecordedRequest;
import dev.sluice.testing.ScriptedUpstream;
import io.netty.handler.codec.http.HttpMethod;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a HEAD costs that is refused: no token, unless it says that the token is no good.
 */
class HeadTokenTests {

	/** Wants a token for everything, and has a manifest of two bytes. */
	private final ScriptedUpstream locked = ScriptedUpstream
		.askedWith(Kept.of(new Login(new Credential.Basic("robot", new Secret("pa55")), Map.of(), "a file")))
		.answer(Matching.path("/acme/"), challenged(""))
		.answer(Matching.get("/acme/").and(bearing("t1")), Answer.of(200, "a/b", ByteSource.of("{}")))
		.answer(Matching.path("/token"), token("t1"));

	@AfterEach
	void letsGoOfEveryAnswer() {
		assertThat(this.locked.open()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ",error=\"insufficient_scope\"" })
	void spendsNoTokenOnAHeadThatIsRefusedWithOne(String words) {
		assertThat(fetch(HttpMethod.GET)).isEqualTo(2);
		this.locked.answer(Matching.head("/acme/"), challenged(words));
		assertThat(fetch(HttpMethod.HEAD)).isEqualTo(2);
		assertThat(exchanges()).isEqualTo(1);
		assertThat(this.locked.asked().getLast()).matches((last) -> last.method().equals("GET"), "asked by GET")
			.extracting((last) -> last.header("Authorization").orElse(""))
			.isEqualTo("Bearer t1");
	}

	@Test
	void spendsATokenOnAHeadWhoseTokenIsNoGoodAnyMore() {
		fetch(HttpMethod.GET);
		this.locked.answer(Matching.path("/token"), token("t2"))
			.answer(Matching.head("/acme/"), challenged(",error=\"invalid_token\""))
			.answer(Matching.head("/acme/").and(bearing("t2")), Answer.of(200).with("Content-Length", "2"));
		assertThat(fetch(HttpMethod.HEAD)).isEqualTo(2);
		assertThat(exchanges()).isEqualTo(2);
		assertThat(this.locked.asked().getLast()).matches(RecordedRequest::isHead, "asked by HEAD")
			.extracting((last) -> last.header("Authorization").orElse(""))
			.isEqualTo("Bearer t2");
	}

	@Test
	void answersWhatTheHeadOfNobodyIsAskedFor() {
		this.locked.answer(Matching.head("/acme/").and(bearing("t1")), Answer.of(200).with("Content-Length", "2"));
		assertThat(fetch(HttpMethod.HEAD)).isEqualTo(2);
		assertThat(this.locked.asked()).extracting(RecordedRequest::method).containsExactly("HEAD", "GET", "HEAD");
		assertThat(exchanges()).isEqualTo(1);
	}

	private static Predicate<RecordedRequest> bearing(String token) {
		return (request) -> request.header("Authorization").equals(Optional.of("Bearer " + token));
	}

	private static Answer challenged(String words) {
		return Answer.of(401)
			.with("WWW-Authenticate",
					"Bearer realm=\"https://auth.example/token\",scope=\"repository:acme/app:pull\"" + words);
	}

	private static Answer token(String token) {
		return Answer.json(200, Map.of("token", token, "expires_in", 300));
	}

	private long exchanges() {
		return this.locked.asked().stream().filter(Matching.path("/token")).count();
	}

	private long fetch(HttpMethod method) {
		UpstreamRequest request = UpstreamRequest.manifest(method, ScriptedUpstream.REPOSITORY, new Tag("1"),
				List.of("a/b"));
		return this.locked.client().fetch(request).map((answer) -> {
			answer.release();
			return answer.described().length().orElse(-1);
		}).blockOptional(Duration.ofSeconds(10)).orElseThrow();
	}

}
