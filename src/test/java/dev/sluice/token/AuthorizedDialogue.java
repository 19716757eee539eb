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
import dev.sluice.testing.TestClock;
import dev.sluice.transport.Origin;
import dev.sluice.transport.Reach;
import dev.sluice.transport.Transport.Referrer;
import io.netty.handler.codec.http.DefaultHttpHeaders;

/**
 * What an authorizer makes of a registry's words, with a scripted token server behind it.
 */
final class AuthorizedDialogue implements AutoCloseable {

	static final Origin ENDPOINT = new Origin("https", "reg.example", 443);

	static final ResourceAction PULL = action("acme/app");

	static final Login BASIC = login(new Credential.Basic("acme", new Secret("pass")));

	static final Login IDENTITY = login(new Credential.IdentityToken("acme", new Secret("refresh")));

	static final String BASIC_HEADER = "Basic "
			+ Base64.getEncoder().encodeToString("acme:pass".getBytes(StandardCharsets.UTF_8));

	static final String SCOPE = "repository:acme/app:pull";

	final ScriptedTokenServer server = new ScriptedTokenServer();

	final TestClock clock = TestClock.at(Instant.parse("2026-05-01T12:00:00Z"));

	private final TokenCache cache = new TokenCache(this.clock, TokenCache.BOUND);

	private final TokenClient client = new TokenClient(new PlainTransport(), this.clock, TokenListener.NONE,
			SentSecrets.NONE);

	private final Quarantine quarantine = new Quarantine(this.clock);

	final RememberingAuthorizer authorizer = new RememberingAuthorizer(this.cache,
			new QuarantinedExchange(this.client, this.quarantine), this.quarantine);

	String ahead(ResourceAction action, Login login) {
		return this.authorizer.ahead(action, login).map(AuthorizedDialogue::text).blockOptional().orElse("nothing");
	}

	String answer(ResourceAction action, Login login, Authorization refused, String... challenges) {
		return this.authorizer.answer(action, login, refused, unauthorizedBy(action.endpoint(), challenges))
			.map(AuthorizedDialogue::text)
			.blockOptional(Duration.ofSeconds(10))
			.orElse("gives up");
	}

	String challenge(String scope) {
		return "Bearer realm=\"" + this.server.realm() + "\",service=\"reg.example\",scope=\"" + scope + "\"";
	}

	static String text(Authorization authorization) {
		return authorization.value().map(Secret::reveal).orElse("nothing");
	}

	static Authorization bearer(String token) {
		return new Authorization(Optional.of(new Secret("Bearer " + token)));
	}

	static ResourceAction action(String repository) {
		return new ResourceAction(ENDPOINT, new RepositoryName(repository), Operation.PULL);
	}

	static Login login(Credential credential) {
		return new Login(credential, Map.of(), "docker config c.json (reg.example)");
	}

	static RegistryRefusal unauthorized(String... challenges) {
		return unauthorizedBy(ENDPOINT, challenges);
	}

	/** A registry's 401, with one challenge a line. */
	private static RegistryRefusal unauthorizedBy(Origin endpoint, String... challenges) {
		return RegistryRefusal.of(401, new DefaultHttpHeaders().add("WWW-Authenticate", List.of(challenges)),
				RegistryError.NONE, new Referrer(endpoint, Reach.PUBLIC), SentSecrets.NONE);
	}

	@Override
	public void close() {
		this.server.close();
	}

}
