package dev.sluice.token;

import java.util.List;

import dev.sluice.credential.Login;
import dev.sluice.credential.Secret;
import dev.sluice.oci.RepositoryName;
import dev.sluice.oci.UpstreamException;
import dev.sluice.token.ScriptedTokenServer.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import static dev.sluice.token.AuthorizedDialogue.BASIC;
import static dev.sluice.token.AuthorizedDialogue.BASIC_HEADER;
import static dev.sluice.token.AuthorizedDialogue.ENDPOINT;
import static dev.sluice.token.AuthorizedDialogue.IDENTITY;
import static dev.sluice.token.AuthorizedDialogue.PULL;
import static dev.sluice.token.AuthorizedDialogue.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is sent in answer to each kind of challenge, the odd ones of well-known registries
 * among them.
 */
class AnsweredChallengeTests {

	private final AuthorizedDialogue registry = new AuthorizedDialogue();

	@AfterEach
	void stop() {
		this.registry.close();
	}

	@Test
	void prefersBearerWhicheverComesFirst() {
		assertThat(this.registry.answer(PULL, BASIC, Authorization.NONE,
				"Basic realm=\"r\", " + this.registry.challenge(SCOPE)))
			.isEqualTo("Bearer t1");
		assertThat(this.registry.answer(AuthorizedDialogue.action("b"), BASIC, Authorization.NONE, "Basic realm=\"r\"",
				this.registry.challenge("repository:b:pull")))
			.isEqualTo("Bearer t2");
	}

	@Test
	void sendsBasicWhereThatIsWanted() {
		assertThat(this.registry.answer(PULL, BASIC, Authorization.NONE, "Basic realm=\"https://1.dkr.ecr.example/\""))
			.isEqualTo(BASIC_HEADER);
		assertThat(this.registry.ahead(PULL, BASIC)).isEqualTo(BASIC_HEADER);
		assertThat(this.registry.ahead(PULL, Login.ANONYMOUS)).isEqualTo("nothing");
		assertThat(this.registry.answer(PULL, BASIC, Authorization.basic("acme", new Secret("pass")), "Basic realm=r"))
			.isEqualTo("gives up");
		assertThat(this.registry.server.asked).isEmpty();
	}

	@Test
	void hasNothingToSendWhereOnlyBasicIsWantedAndThereIsNoPassword() {
		assertThat(this.registry.answer(PULL, Login.ANONYMOUS, Authorization.NONE, "Basic realm=r"))
			.isEqualTo("gives up");
		assertThat(this.registry.answer(PULL, IDENTITY, Authorization.NONE, "Basic realm=r")).isEqualTo("gives up");
		assertThat(this.registry.answer(PULL, BASIC, Authorization.NONE, "Negotiate")).isEqualTo("gives up");
		assertThat(this.registry.ahead(PULL, BASIC)).as("nothing was learned").isEqualTo("nothing");
	}

	@Test
	void fetchesAFreshTokenWhereHarborOffersOnlyBasicToWhoeverSentOne() {
		this.registry.answer(PULL, BASIC, Authorization.NONE, this.registry.challenge(SCOPE));
		assertThat(this.registry.answer(PULL, BASIC, AuthorizedDialogue.bearer("t1"), "Basic realm=\"harbor\""))
			.isEqualTo("Bearer t2");
		assertThat(this.registry.ahead(PULL, BASIC)).isEqualTo("Bearer t2");
	}

	@Test
	void fetchesAFreshTokenWhereGoogleNamesNoChallenge() {
		assertThat(this.registry.answer(PULL, BASIC, Authorization.NONE)).isEqualTo("gives up");
		this.registry.answer(PULL, BASIC, Authorization.NONE, this.registry.challenge(SCOPE));
		assertThat(this.registry.answer(PULL, BASIC, AuthorizedDialogue.bearer("t1"))).isEqualTo("Bearer t2");
	}

	@Test
	void asksWithoutServiceAndForAPullWhereGoogleNamesNeither() {
		this.registry.answer(PULL, Login.ANONYMOUS, Authorization.NONE,
				"Bearer realm=\"" + this.registry.server.realm() + "\"");
		assertThat(this.registry.server.asked.getFirst().uri())
			.isEqualTo("/token?scope=repository%3Aacme%2Fapp%3Apull");
	}

	@Test
	void asksWithoutScopeWhereNoneIsNamedForWhatHasNoRepository() {
		ResourceAction catalog = new ResourceAction(ENDPOINT, null, Operation.CATALOG);
		this.registry.answer(catalog, Login.ANONYMOUS, Authorization.NONE,
				"Bearer realm=\"" + this.registry.server.realm() + "\"");
		assertThat(this.registry.server.asked.getFirst().uri()).isEqualTo("/token");
	}

	@Test
	void takesTheScopeOfEcrPublicVerbatim() {
		this.registry.answer(PULL, Login.ANONYMOUS, Authorization.NONE,
				"Bearer realm=\"" + this.registry.server.realm() + "/\",service=\"public.ecr.aws\",scope=\"aws\"");
		assertThat(this.registry.server.asked.getFirst().uri()).isEqualTo("/token/?service=public.ecr.aws&scope=aws");
	}

	@Test
	void fallsBackToGetWhereArtifactoryRefusesPost() {
		this.registry.server
			.answers((asked) -> asked.method().equals("POST") ? Reply.json(401, "{}") : Reply.token("got"));
		assertThat(this.registry.answer(PULL, IDENTITY, Authorization.NONE, this.registry.challenge(SCOPE)))
			.isEqualTo("Bearer got");
	}

	@Test
	void resolvesARelativeRealmAndKeepsItsQuery() {
		ResourceAction local = new ResourceAction(this.registry.server.origin(), new RepositoryName("a"),
				Operation.PULL);
		this.registry.answer(local, Login.ANONYMOUS, Authorization.NONE,
				"Bearer realm=\"/auth?tenant=1\",service=s,scope=x");
		assertThat(this.registry.server.asked.getFirst().uri()).isEqualTo("/auth?tenant=1&service=s&scope=x");
	}

	@Test
	void saysThatARealmCannotBeAsked() {
		for (String realm : List.of("Artifactory Realm", "", "ftp://x/", "https://user:pw@x/", "http://[bad",
				"mailto:a@b")) {
			StepVerifier
				.create(this.registry.authorizer.answer(PULL, BASIC, Authorization.NONE,
						AuthorizedDialogue.unauthorized("Bearer realm=\"" + realm + "\"")))
				.verifyError(UpstreamException.InvalidAnswer.class);
		}
		assertThat(this.registry.answer(PULL, BASIC, Authorization.NONE, "Bearer realm=\"no url\", Basic realm=r"))
			.isEqualTo(BASIC_HEADER);
	}

}
