package dev.sluice.login;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

import dev.sluice.testing.Gate;
import dev.sluice.testing.Matching;
import dev.sluice.testing.Misbehaviour;
import dev.sluice.testing.OciFailure;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestRegistry;
import dev.sluice.testing.TokenServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The error table of the house plan as far as token servers cause it: each row over HTTP.
 */
class TokenErrorTests {

	private static final AtomicInteger NUMBER = new AtomicInteger();

	private static TokenServer tokens;

	private static TestRegistry registry;

	private static TestRegistry anonymous;

	private static RunningSluice sluice;

	private static TestClient client;

	/** One that no token is cached for. */
	private String repository = "";

	@BeforeAll
	static void start(@TempDir Path directory) throws IOException {
		tokens = TokenServer.start().user("robot", "s3cret", "acme/*");
		registry = TestRegistry.token(tokens);
		anonymous = TestRegistry.token(tokens);
		Path config = Files.writeString(directory.resolve("config.json"),
				"{\"auths\":{\"%s\":{\"username\":\"robot\",\"password\":\"s3cret\"}}}"
					.formatted(registry.authority()));
		sluice = RunningSluice.before("registry.example.test", registry, config,
				"sluice.upstreams[0].timeouts.response=300ms", "sluice.upstreams[1].name=anonymous.example.test",
				"sluice.upstreams[1].endpoints=" + anonymous.url());
		client = TestClient.of(sluice.uri("").toString());
	}

	@AfterAll
	static void stop() {
		client.close();
		sluice.close();
		registry.close();
		anonymous.close();
		tokens.close();
	}

	@BeforeEach
	void pushAnother() {
		this.repository = "acme/app" + NUMBER.incrementAndGet();
		registry.push(this.repository, "1", TestImage.random());
		anonymous.push(this.repository, "1", TestImage.random());
	}

	@AfterEach
	void behave() {
		tokens.behave();
	}

	@Test
	void refusedAnonymousCallerIsToldToLogIn() throws Exception {
		tokens.misbehave(Matching.any(), Misbehaviour.status(401));
		get("anonymous.example.test").is(403, "DENIED").saying("no credential", anonymous.authority());
	}

	@Test
	void tokenWithoutTheRightIsDeniedAndTheMissingCredentialNamed() throws Exception {
		get("anonymous.example.test").is(403, "DENIED")
			.saying("anonymous.example.test answered 401", "no credential is known for " + anonymous.authority());
	}

	@ParameterizedTest
	@ValueSource(ints = { 500, 503 })
	void failingTokenServerIsABadGateway(int status) throws Exception {
		tokens.misbehave(Matching.any(), Misbehaviour.status(status));
		get().is(502, "UNAVAILABLE").saying("token server " + tokens.url(), Integer.toString(status));
	}

	@Test
	void limitOfTheTokenServerIsPassedOnWithItsRetryAfter() throws Exception {
		tokens.misbehave(Matching.any(), Misbehaviour.tooManyRequests(23));
		get().is(429, "TOOMANYREQUESTS").with("Retry-After", "23").saying("token server " + tokens.url());
	}

	@Test
	void htmlPageInPlaceOfATokenIsABadGateway() throws Exception {
		tokens.misbehave(Matching.any(), Misbehaviour.htmlPage());
		get().is(502, "UNAVAILABLE").saying("token server " + tokens.url());
	}

	@Test
	void answerOfMoreThan64KibibytesIsABadGateway() throws Exception {
		tokens.misbehave(Matching.any(), Misbehaviour.paddedTo(64 * 1024 + 1));
		get().is(502, "UNAVAILABLE").saying(tokens.url(), "65536");
	}

	@Test
	void redirectOfATokenRequestIsABadGatewayAndNotFollowed() throws Exception {
		tokens.requests().clear();
		tokens.misbehave(Matching.any(), Misbehaviour.redirect(302, tokens.url() + "/elsewhere"));
		get().is(502, "UNAVAILABLE").saying("token server " + tokens.url(), "302");
		assertThat(tokens.requests().count(Matching.path("/elsewhere"))).isZero();
	}

	@Test
	void unreachableTokenServerIsABadGateway() throws Exception {
		tokens.down();
		try {
			get().is(502, "UNAVAILABLE").saying(tokens.url(), "connection refused");
		}
		finally {
			tokens.up();
		}
	}

	@Test
	void tokenServerThatDoesNotAnswerInTimeIsAGatewayTimeout() throws Exception {
		tokens.misbehave(Matching.any(), Misbehaviour.heldUntil(new Gate()));
		get().is(504, "UNAVAILABLE").saying(tokens.url());
	}

	@Test
	void recoversAsSoonAsTheTokenServerDoes() throws Exception {
		tokens.misbehave(Matching.any(), Misbehaviour.status(500));
		get().is(502, "UNAVAILABLE");
		tokens.behave();
		assertThat(client.get("/v2/registry.example.test/" + this.repository + "/manifests/1").statusCode())
			.isEqualTo(200);
	}

	private OciFailure get() throws Exception {
		return get("registry.example.test");
	}

	private OciFailure get(String registryName) throws Exception {
		OciFailure failure = OciFailure.of(client.get("/v2/" + registryName + "/" + this.repository + "/manifests/1"));
		assertThat(failure.message()).doesNotContain("s3cret", "cm9ib3Q6czNjcmV0");
		return failure;
	}

}
