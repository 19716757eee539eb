package dev.sluice.upstream;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.sluice.credential.Credential;
import dev.sluice.credential.Login;
import dev.sluice.credential.Quarantine;
import dev.sluice.credential.Secret;
import dev.sluice.oci.RegistryException;
import dev.sluice.oci.Tag;
import dev.sluice.testing.Answer;
import dev.sluice.testing.ByteSource;
import dev.sluice.testing.ScriptedTransport;
import dev.sluice.testing.ScriptedUpstream;
import dev.sluice.token.Authorization;
import dev.sluice.token.QuarantinedExchange;
import dev.sluice.token.RememberingAuthorizer;
import dev.sluice.token.SentSecrets;
import dev.sluice.token.TokenCache;
import dev.sluice.token.TokenClient;
import dev.sluice.token.TokenListener;
import dev.sluice.transport.Origin;
import dev.sluice.transport.TransportSettings;
import io.netty.handler.codec.http.HttpMethod;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a refusal says of a login whose standing changes while a request is on its way.
 */
class PresentedLoginsTests {

	private static final Login LOGIN = new Login(new Credential.RegistryToken(new Secret("s3cret")), Map.of(),
			"the source");

	private static final Authorization SHOWN = new Authorization(Optional.of(new Secret("Bearer s3cret")));

	private static final UpstreamRequest MANIFEST = UpstreamRequest.manifest(HttpMethod.GET,
			ScriptedUpstream.REPOSITORY, new Tag("1"), List.of());

	private final ScriptedTransport transport = new ScriptedTransport();

	private final Quarantine quarantine = new Quarantine(Clock.systemUTC());

	private final Upstream upstream = new Upstream(ScriptedUpstream.NAME,
			List.of(new Origin("https", "reg.example", 443)), null, Upstream.RedirectPolicy.FOLLOW, true,
			TransportSettings.defaults());

	private final RedirectFollower redirects = new RedirectFollower(this.upstream, this.transport, authorizer());

	private final PresentedLogins presented = new PresentedLogins(this.upstream, this.redirects, this.quarantine);

	@Test
	void namesTheRepositoryWhereTheCredentialIsReadAnewBeforeAPageToLogInAtComes() {
		this.transport.answer((_) -> true, Answer.of(401))
			.answer((request) -> request.path().equals("/v2/") && request.header("Authorization").isPresent(),
					Answer.json(200, "{}"));
		assertThat(refusal()).contains("401", "for acme/app", "asked as the source");
		this.transport.answer((_) -> true, Answer.of(401)).answer((request) -> {
			boolean wanted = request.path().contains("/acme/app/");
			if (wanted) {
				this.quarantine.credentialsDropped(Set.of(LOGIN.credential()));
			}
			return wanted;
		}, Answer.of(200, "text/html", ByteSource.of("<html>log in")));
		assertThat(refusal()).contains("401", "for acme/app", "asked as the source");
		assertThat(this.transport.open()).isZero();
	}

	private String refusal() {
		Reply reply = this.presented.judge(MANIFEST, LOGIN, SHOWN, this.redirects.send(MANIFEST, LOGIN, SHOWN))
			.blockOptional(Duration.ofSeconds(30))
			.orElseThrow();
		assertThat(reply).isInstanceOf(Reply.Refused.class);
		RegistryException failure = ((Reply.Refused) reply).failure();
		return String.valueOf(failure.getMessage());
	}

	private RememberingAuthorizer authorizer() {
		TokenClient tokens = new TokenClient(this.transport, Clock.systemUTC(), TokenListener.NONE, SentSecrets.NONE);
		return new RememberingAuthorizer(new TokenCache(Clock.systemUTC(), TokenCache.BOUND),
				new QuarantinedExchange(tokens, this.quarantine), this.quarantine);
	}

}
