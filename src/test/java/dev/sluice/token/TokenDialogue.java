package dev.sluice.token;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.sluice.credential.Credential;
import dev.sluice.credential.Login;
import dev.sluice.credential.Secret;
import dev.sluice.token.ScriptedTokenServer.Asked;
import dev.sluice.transport.Origin;
import dev.sluice.transport.Reach;
import dev.sluice.transport.Transport.Referrer;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A token client and the scripted server that it asks.
 */
final class TokenDialogue implements AutoCloseable {

	static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

	static final Login BASIC = login(new Credential.Basic("acme", new Secret("pa:ss")));

	final ScriptedTokenServer server = new ScriptedTokenServer();

	final PlainTransport transport = new PlainTransport();

	final List<String> heard = new CopyOnWriteArrayList<>();

	private final TokenClient client = new TokenClient(this.transport, () -> NOW,
			(host, outcome, _) -> this.heard.add(host + " " + outcome), SentSecrets.NONE);

	Token exchange(Login login) {
		return exchange(login, "/token", "reg.example", "repository:acme/app:pull");
	}

	Token exchange(Login login, String realm, @Nullable String service, String scope) {
		return this.client.exchange(request(login, realm, service, scope))
			.blockOptional(Duration.ofSeconds(10))
			.orElseThrow();
	}

	TokenRequest request(Login login, String realm, @Nullable String service, String scope) {
		return new TokenRequest(new Demand.Bearer(this.server.origin().resolve(realm), service, new Scope(scope),
				referrer(), SentSecrets.NONE), login);
	}

	Asked onlyAsked() {
		assertThat(this.server.asked).hasSize(1);
		return this.server.asked.getFirst();
	}

	static Referrer referrer() {
		return new Referrer(new Origin("https", "reg.example", 443), Reach.LOOPBACK);
	}

	static Login login(Credential credential) {
		return new Login(credential, Map.of(), "docker config c.json (reg.example)");
	}

	@Override
	public void close() {
		await().untilAsserted(() -> assertThat(this.transport.unreleased).as("answers not released").hasValue(0));
		this.server.close();
	}

}
