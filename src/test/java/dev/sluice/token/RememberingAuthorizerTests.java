package dev.sluice.token;

import java.time.Duration;
import java.util.Map;

import dev.sluice.credential.Credential;
import dev.sluice.credential.Login;
import dev.sluice.credential.Secret;
import dev.sluice.oci.UpstreamException;
import dev.sluice.token.ScriptedTokenServer.Asked;
import dev.sluice.token.ScriptedTokenServer.Reply;
import dev.sluice.transport.Reach;
import dev.sluice.transport.Transport.Referrer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import static dev.sluice.token.AuthorizedDialogue.BASIC;
import static dev.sluice.token.AuthorizedDialogue.BASIC_HEADER;
import static dev.sluice.token.AuthorizedDialogue.ENDPOINT;
import static dev.sluice.token.AuthorizedDialogue.PULL;
import static dev.sluice.token.AuthorizedDialogue.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is remembered of a registry, and how often its token server is asked.
 */
class RememberingAuthorizerTests {

	private static final Login REGISTRY_TOKEN = AuthorizedDialogue
		.login(new Credential.RegistryToken(new Secret("ready")));

	private final AuthorizedDialogue registry = new AuthorizedDialogue();

	@AfterEach
	void stop() {
		this.registry.close();
	}

	@Test
	void sendsNothingBeforeTheRegistryAsked() {
		assertThat(this.registry.ahead(PULL, BASIC)).isEqualTo("nothing");
		assertThat(this.registry.server.asked).isEmpty();
	}

	@Test
	void sendsARegistryTokenAsItIsAndNeverAnother() {
		assertThat(this.registry.ahead(PULL, REGISTRY_TOKEN)).isEqualTo("Bearer ready");
		assertThat(this.registry.answer(PULL, REGISTRY_TOKEN, AuthorizedDialogue.bearer("ready"),
				this.registry.challenge(SCOPE)))
			.isEqualTo("gives up");
		assertThat(this.registry.server.asked).isEmpty();
	}

	@Test
	void needsNo401OnceTheChallengeIsKnown() {
		assertThat(this.registry.answer(PULL, BASIC, Authorization.NONE, this.registry.challenge(SCOPE)))
			.isEqualTo("Bearer t1");
		assertThat(this.registry.ahead(PULL, BASIC)).isEqualTo("Bearer t1");
		assertThat(this.registry.ahead(AuthorizedDialogue.action("acme/other"), BASIC)).isEqualTo("nothing");
		assertThat(this.registry.server.asked).hasSize(1);
	}

	@Test
	void exchangesOnceForEachRepositoryHoweverManyPullAtOnce() {
		Sinks.Empty<Reply> gate = Sinks.empty();
		this.registry.server
			.answersLater((asked) -> gate.asMono().defaultIfEmpty(Reply.token("t" + asked.uri().hashCode())));
		for (int round = 0; round < 2; round++) {
			Flux<Authorization> all = Flux.range(0, 100).flatMap((pull) -> {
				String scope = "repository:acme/app" + pull % 20 + ":pull";
				return this.registry.authorizer.answer(AuthorizedDialogue.action("acme/app" + pull % 20), BASIC,
						Authorization.NONE, AuthorizedDialogue.unauthorized(this.registry.challenge(scope)));
			}, 100);
			StepVerifier.create(all)
				.then(gate::tryEmitEmpty)
				.expectNextCount(100)
				.expectComplete()
				.verify(Duration.ofSeconds(20));
			assertThat(this.registry.server.asked).hasSize(20);
		}
	}

	@Test
	void exchangesOnceWhenOneTokenIsRefusedToMany() {
		String first = this.registry.answer(PULL, BASIC, Authorization.NONE, this.registry.challenge(SCOPE));
		assertThat(first).isEqualTo("Bearer t1");
		Flux<Authorization> all = Flux.range(0, 100)
			.flatMap((_) -> this.registry.authorizer.answer(PULL, BASIC, AuthorizedDialogue.bearer("t1"),
					AuthorizedDialogue.unauthorized(this.registry.challenge(SCOPE))), 100);
		StepVerifier.create(all.map(AuthorizedDialogue::text).distinct())
			.expectNext("Bearer t2")
			.expectComplete()
			.verify(Duration.ofSeconds(20));
		assertThat(this.registry.server.asked).hasSize(2);
	}

	@Test
	void givesUpWhenTheTokenServerIssuesTheRefusedTokenOnceMore() {
		this.registry.server.answers((_) -> Reply.token("same"));
		assertThat(this.registry.answer(PULL, BASIC, Authorization.NONE, this.registry.challenge(SCOPE)))
			.isEqualTo("Bearer same");
		assertThat(this.registry.answer(PULL, BASIC, AuthorizedDialogue.bearer("same"), this.registry.challenge(SCOPE)))
			.isEqualTo("gives up");
		assertThat(this.registry.server.asked).hasSize(2);
	}

	@Test
	void asksForTheLargerScopeThatTheRegistryWantsNow() {
		this.registry.answer(PULL, BASIC, Authorization.NONE, this.registry.challenge(SCOPE));
		String larger = SCOPE + " repository:acme/base:pull";
		assertThat(this.registry.answer(PULL, BASIC, AuthorizedDialogue.bearer("t1"),
				this.registry.challenge(larger) + ",error=\"insufficient_scope\""))
			.isEqualTo("Bearer t2");
		assertThat(this.registry.server.asked.get(1).uri())
			.contains("acme%2Fapp%3Apull&scope=repository%3Aacme%2Fbase");
		assertThat(this.registry.ahead(PULL, BASIC)).isEqualTo("Bearer t2");
	}

	@Test
	void asksTheRegistryAnewOnceARememberedTokenServerFails() {
		this.registry.answer(PULL, BASIC, Authorization.NONE, this.registry.challenge(SCOPE));
		this.registry.clock.advance(Duration.ofHours(1));
		this.registry.server.answers((_) -> Reply.json(503, ""));
		StepVerifier.create(this.registry.authorizer.ahead(PULL, BASIC))
			.verifyError(UpstreamException.UpstreamFailed.class);
		assertThat(this.registry.ahead(PULL, BASIC)).isEqualTo("nothing");
	}

	@Test
	void answersARedirectsTargetAsNobodyAndRemembersNothing() {
		StepVerifier
			.create(this.registry.authorizer
				.answerAsNobody(AuthorizedDialogue.unauthorized(this.registry.challenge(SCOPE)))
				.map(AuthorizedDialogue::text))
			.expectNext("Bearer t1")
			.verifyComplete();
		assertThat(this.registry.server.asked.stream().map(Asked::authorization)).containsOnlyNulls();
		StepVerifier.create(this.registry.authorizer.answerAsNobody(AuthorizedDialogue.unauthorized("Basic realm=r")))
			.verifyComplete();
		assertThat(this.registry.ahead(PULL, BASIC)).isEqualTo("nothing");
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

}
