package dev.sluice.token;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.sluice.credential.Credential;
import dev.sluice.credential.Login;
import dev.sluice.credential.Quarantine;
import dev.sluice.credential.Secret;
import dev.sluice.oci.RepositoryName;
import dev.sluice.oci.UpstreamException;
import dev.sluice.testing.TestClock;
import dev.sluice.token.ScriptedTokenServer.Asked;
import dev.sluice.token.ScriptedTokenServer.Reply;
import dev.sluice.transport.Origin;
import dev.sluice.transport.Reach;
import dev.sluice.transport.Transport.Referrer;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

class RememberingAuthorizerTests {

	private static final Origin ENDPOINT = new Origin("https", "reg.example", 443);

	private static final ResourceAction PULL = action("acme/app");

	private static final Login BASIC = login(new Credential.Basic("acme", new Secret("pass")));

	private static final Login IDENTITY = login(new Credential.IdentityToken("acme", new Secret("refresh")));

	private static final Login REGISTRY_TOKEN = login(new Credential.RegistryToken(new Secret("ready")));

	private static final String BASIC_HEADER = "Basic "
			+ Base64.getEncoder().encodeToString("acme:pass".getBytes(StandardCharsets.UTF_8));

	private static final String SCOPE = "repository:acme/app:pull";

	private final ScriptedTokenServer server = new ScriptedTokenServer();

	private final TestClock clock = TestClock.at(Instant.parse("2026-05-01T12:00:00Z"));

	private final TokenCache cache = new TokenCache(this.clock, TokenCache.BOUND);

	private final TokenClient client = new TokenClient(new PlainTransport(), this.clock, TokenListener.NONE,
			SentSecrets.NONE);

	private final Quarantine quarantine = new Quarantine(this.clock);

	private final RememberingAuthorizer authorizer = new RememberingAuthorizer(this.cache,
			new QuarantinedExchange(this.client, this.quarantine), this.quarantine);

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void sendsNothingBeforeTheRegistryAsked() {
		assertThat(ahead(PULL, BASIC)).isEqualTo("nothing");
		assertThat(this.server.asked).isEmpty();
	}

	@Test
	void sendsARegistryTokenAsItIsAndNeverAnother() {
		assertThat(ahead(PULL, REGISTRY_TOKEN)).isEqualTo("Bearer ready");
		assertThat(answer(PULL, REGISTRY_TOKEN, bearer("ready"), challenge(SCOPE))).isEqualTo("gives up");
		assertThat(this.server.asked).isEmpty();
	}

	@Test
	void needsNo401OnceTheChallengeIsKnown() {
		assertThat(answer(PULL, BASIC, Authorization.NONE, challenge(SCOPE))).isEqualTo("Bearer t1");
		assertThat(ahead(PULL, BASIC)).isEqualTo("Bearer t1");
		assertThat(ahead(action("acme/other"), BASIC)).isEqualTo("nothing");
		assertThat(this.server.asked).hasSize(1);
	}

	@Test
	void exchangesOnceForEachRepositoryHoweverManyPullAtOnce() {
		Sinks.Empty<Reply> gate = Sinks.empty();
		this.server.answersLater((asked) -> gate.asMono().defaultIfEmpty(Reply.token("t" + asked.uri().hashCode())));
		for (int round = 0; round < 2; round++) {
			Flux<Authorization> all = Flux.range(0, 100).flatMap((pull) -> {
				String scope = "repository:acme/app" + pull % 20 + ":pull";
				return this.authorizer.answer(action("acme/app" + pull % 20), BASIC, Authorization.NONE,
						unauthorized(challenge(scope)));
			}, 100);
			StepVerifier.create(all)
				.then(gate::tryEmitEmpty)
				.expectNextCount(100)
				.expectComplete()
				.verify(Duration.ofSeconds(20));
			assertThat(this.server.asked).hasSize(20);
		}
	}

	@Test
	void exchangesOnceWhenOneTokenIsRefusedToMany() {
		String first = answer(PULL, BASIC, Authorization.NONE, challenge(SCOPE));
		assertThat(first).isEqualTo("Bearer t1");
		Flux<Authorization> all = Flux.range(0, 100)
			.flatMap((_) -> this.authorizer.answer(PULL, BASIC, bearer("t1"), unauthorized(challenge(SCOPE))), 100);
		StepVerifier.create(all.map(RememberingAuthorizerTests::text).distinct())
			.expectNext("Bearer t2")
			.expectComplete()
			.verify(Duration.ofSeconds(20));
		assertThat(this.server.asked).hasSize(2);
	}

	@Test
	void givesUpWhenTheTokenServerIssuesTheRefusedTokenOnceMore() {
		this.server.answers((_) -> Reply.token("same"));
		assertThat(answer(PULL, BASIC, Authorization.NONE, challenge(SCOPE))).isEqualTo("Bearer same");
		assertThat(answer(PULL, BASIC, bearer("same"), challenge(SCOPE))).isEqualTo("gives up");
		assertThat(this.server.asked).hasSize(2);
	}

	@Test
	void asksForTheLargerScopeThatTheRegistryWantsNow() {
		answer(PULL, BASIC, Authorization.NONE, challenge(SCOPE));
		String larger = SCOPE + " repository:acme/base:pull";
		assertThat(answer(PULL, BASIC, bearer("t1"), challenge(larger) + ",error=\"insufficient_scope\""))
			.isEqualTo("Bearer t2");
		assertThat(this.server.asked.get(1).uri()).contains("acme%2Fapp%3Apull&scope=repository%3Aacme%2Fbase");
		assertThat(ahead(PULL, BASIC)).isEqualTo("Bearer t2");
	}

	@Test
	void prefersBearerWhicheverComesFirst() {
		assertThat(answer(PULL, BASIC, Authorization.NONE, "Basic realm=\"r\", " + challenge(SCOPE)))
			.isEqualTo("Bearer t1");
		assertThat(answer(action("b"), BASIC, Authorization.NONE, "Basic realm=\"r\"", challenge("repository:b:pull")))
			.isEqualTo("Bearer t2");
	}

	@Test
	void sendsBasicWhereThatIsWanted() {
		assertThat(answer(PULL, BASIC, Authorization.NONE, "Basic realm=\"https://1.dkr.ecr.example/\""))
			.isEqualTo(BASIC_HEADER);
		assertThat(ahead(PULL, BASIC)).isEqualTo(BASIC_HEADER);
		assertThat(ahead(PULL, Login.ANONYMOUS)).isEqualTo("nothing");
		assertThat(answer(PULL, BASIC, Authorization.basic("acme", new Secret("pass")), "Basic realm=r"))
			.isEqualTo("gives up");
		assertThat(this.server.asked).isEmpty();
	}

	@Test
	void hasNothingToSendWhereOnlyBasicIsWantedAndThereIsNoPassword() {
		assertThat(answer(PULL, Login.ANONYMOUS, Authorization.NONE, "Basic realm=r")).isEqualTo("gives up");
		assertThat(answer(PULL, IDENTITY, Authorization.NONE, "Basic realm=r")).isEqualTo("gives up");
		assertThat(answer(PULL, BASIC, Authorization.NONE, "Negotiate")).isEqualTo("gives up");
		assertThat(ahead(PULL, BASIC)).as("nothing was learned").isEqualTo("nothing");
	}

	@Test
	void fetchesAFreshTokenWhereHarborOffersOnlyBasicToWhoeverSentOne() {
		answer(PULL, BASIC, Authorization.NONE, challenge(SCOPE));
		assertThat(answer(PULL, BASIC, bearer("t1"), "Basic realm=\"harbor\"")).isEqualTo("Bearer t2");
		assertThat(ahead(PULL, BASIC)).isEqualTo("Bearer t2");
	}

	@Test
	void fetchesAFreshTokenWhereGoogleNamesNoChallenge() {
		assertThat(answer(PULL, BASIC, Authorization.NONE)).isEqualTo("gives up");
		answer(PULL, BASIC, Authorization.NONE, challenge(SCOPE));
		assertThat(answer(PULL, BASIC, bearer("t1"))).isEqualTo("Bearer t2");
	}

	@Test
	void asksWithoutServiceAndForAPullWhereGoogleNamesNeither() {
		answer(PULL, Login.ANONYMOUS, Authorization.NONE, "Bearer realm=\"" + this.server.realm() + "\"");
		assertThat(this.server.asked.getFirst().uri()).isEqualTo("/token?scope=repository%3Aacme%2Fapp%3Apull");
	}

	@Test
	void asksWithoutScopeWhereNoneIsNamedForWhatHasNoRepository() {
		ResourceAction catalog = new ResourceAction(ENDPOINT, null, Operation.CATALOG);
		answer(catalog, Login.ANONYMOUS, Authorization.NONE, "Bearer realm=\"" + this.server.realm() + "\"");
		assertThat(this.server.asked.getFirst().uri()).isEqualTo("/token");
	}

	@Test
	void takesTheScopeOfEcrPublicVerbatim() {
		answer(PULL, Login.ANONYMOUS, Authorization.NONE,
				"Bearer realm=\"" + this.server.realm() + "/\",service=\"public.ecr.aws\",scope=\"aws\"");
		assertThat(this.server.asked.getFirst().uri()).isEqualTo("/token/?service=public.ecr.aws&scope=aws");
	}

	@Test
	void fallsBackToGetWhereArtifactoryRefusesPost() {
		this.server.answers((asked) -> asked.method().equals("POST") ? Reply.json(401, "{}") : Reply.token("got"));
		assertThat(answer(PULL, IDENTITY, Authorization.NONE, challenge(SCOPE))).isEqualTo("Bearer got");
	}

	@Test
	void resolvesARelativeRealmAndKeepsItsQuery() {
		ResourceAction local = new ResourceAction(this.server.origin(), new RepositoryName("a"), Operation.PULL);
		answer(local, Login.ANONYMOUS, Authorization.NONE, "Bearer realm=\"/auth?tenant=1\",service=s,scope=x");
		assertThat(this.server.asked.getFirst().uri()).isEqualTo("/auth?tenant=1&service=s&scope=x");
	}

	@Test
	void saysThatARealmCannotBeAsked() {
		for (String realm : List.of("Artifactory Realm", "", "ftp://x/", "https://user:pw@x/", "http://[bad",
				"mailto:a@b")) {
			StepVerifier
				.create(this.authorizer.answer(PULL, BASIC, Authorization.NONE,
						unauthorized("Bearer realm=\"" + realm + "\"")))
				.verifyError(UpstreamException.InvalidAnswer.class);
		}
		assertThat(answer(PULL, BASIC, Authorization.NONE, "Bearer realm=\"no url\", Basic realm=r"))
			.isEqualTo(BASIC_HEADER);
	}

	@Test
	void asksTheRegistryAnewOnceARememberedTokenServerFails() {
		answer(PULL, BASIC, Authorization.NONE, challenge(SCOPE));
		this.clock.advance(Duration.ofHours(1));
		this.server.answers((_) -> Reply.json(503, ""));
		StepVerifier.create(this.authorizer.ahead(PULL, BASIC)).verifyError(UpstreamException.UpstreamFailed.class);
		assertThat(ahead(PULL, BASIC)).isEqualTo("nothing");
	}

	@Test
	void answersARedirectsTargetAsNobodyAndRemembersNothing() {
		StepVerifier
			.create(this.authorizer.answerAsNobody(unauthorized(challenge(SCOPE)))
				.map(RememberingAuthorizerTests::text))
			.expectNext("Bearer t1")
			.verifyComplete();
		assertThat(this.server.asked.stream().map(Asked::authorization)).containsOnlyNulls();
		StepVerifier.create(this.authorizer.answerAsNobody(unauthorized("Basic realm=r"))).verifyComplete();
		assertThat(ahead(PULL, BASIC)).isEqualTo("nothing");
	}

	@Test
	void printsNoSecretAndNoQuery() {
		Challenge challenge = new Challenge("Bearer", Map.of("realm", "https://a.example/t?key=hidden", "scope", "x"));
		Demand.Bearer demand = Demand.Bearer.of(challenge, new Referrer(ENDPOINT, Reach.PUBLIC), SentSecrets.NONE)
			.orElseThrow();
		TokenRequest request = new TokenRequest(demand, BASIC);
		assertThat(request.toString() + request.key() + Authorization.basic("acme", new Secret("pass")))
			.contains("a.example")
			.doesNotContain("hidden", "pass", BASIC_HEADER);
	}

	private String ahead(ResourceAction action, Login login) {
		return this.authorizer.ahead(action, login)
			.map(RememberingAuthorizerTests::text)
			.blockOptional()
			.orElse("nothing");
	}

	private String answer(ResourceAction action, Login login, Authorization refused, String... challenges) {
		return this.authorizer.answer(action, login, refused, unauthorizedBy(action.endpoint(), challenges))
			.map(RememberingAuthorizerTests::text)
			.blockOptional(Duration.ofSeconds(10))
			.orElse("gives up");
	}

	private String challenge(String scope) {
		return "Bearer realm=\"" + this.server.realm() + "\",service=\"reg.example\",scope=\"" + scope + "\"";
	}

	private static String text(Authorization authorization) {
		return authorization.value().map(Secret::reveal).orElse("nothing");
	}

	private static Authorization bearer(String token) {
		return new Authorization(Optional.of(new Secret("Bearer " + token)));
	}

	private static ResourceAction action(String repository) {
		return new ResourceAction(ENDPOINT, new RepositoryName(repository), Operation.PULL);
	}

	private static Login login(Credential credential) {
		return new Login(credential, Map.of(), "docker config c.json (reg.example)");
	}

	private static RegistryRefusal unauthorized(String... challenges) {
		return unauthorizedBy(ENDPOINT, challenges);
	}

	/** A registry's 401, with one challenge a line. */
	private static RegistryRefusal unauthorizedBy(Origin endpoint, String... challenges) {
		return RegistryRefusal.of(401, new DefaultHttpHeaders().add("WWW-Authenticate", List.of(challenges)),
				RegistryError.NONE, new Referrer(endpoint, Reach.PUBLIC), SentSecrets.NONE);
	}

}
