package dev.sluice.login;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

import dev.sluice.testing.Matching;
import dev.sluice.testing.Misbehaviour;
import dev.sluice.testing.PrivateRegistry;
import dev.sluice.testing.RecordedRequest;
import dev.sluice.testing.TestImage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tokens that a registry refuses, as replicas of a token server cause it whose keys or
 * clocks differ: another is fetched, and not for ever.
 */
@Timeout(60)
class TokenRetryTests {

	private static final String MANIFEST = "/v2/acme/app/manifests/1";

	private PrivateRegistry upstream;

	@BeforeEach
	void start(@TempDir Path directory) {
		this.upstream = PrivateRegistry.start(directory);
		this.upstream.registry().push("acme/app", "1", TestImage.random());
	}

	@AfterEach
	void stop() {
		this.upstream.close();
	}

	@Test
	void aRevokedTokenCostsAnotherOne() throws Exception {
		assertThat(status()).isEqualTo(200);
		this.upstream.tokens().revokeAll();
		assertThat(status()).isEqualTo(200);
		assertThat(this.upstream.tokens().exchanges()).isEqualTo(2);
	}

	@Test
	void aRevokedTokenAndAFreshOneThatIsRefusedCostTwo() throws Exception {
		assertThat(status()).isEqualTo(200);
		Optional<String> first = this.upstream.registry().requests().last().header("Authorization");
		this.upstream.tokens().revokeAll();
		refuse(Matching.authorized().and((request) -> !request.header("Authorization").equals(first)), 1);
		assertThat(status()).isEqualTo(200);
		assertThat(this.upstream.tokens().exchanges()).isEqualTo(3);
	}

	@Test
	void aFirstTokenThatIsRefusedCostsAnotherOne() throws Exception {
		refuse(Matching.authorized(), 1);
		assertThat(status()).isEqualTo(200);
		assertThat(this.upstream.tokens().exchanges()).isEqualTo(2);
	}

	@Test
	void tokensThatAreAllRefusedCostThreeInAPullAtMost() throws Exception {
		assertThat(status()).isEqualTo(200);
		refuse(Matching.authorized(), Integer.MAX_VALUE);
		this.upstream.tokens().requests().clear();
		this.upstream.registry().requests().clear();
		assertThat(status()).isEqualTo(403);
		assertThat(this.upstream.tokens().exchanges()).isBetween(1, 3);
		assertThat(this.upstream.registry().requests().count()).isBetween(1, 4);
	}

	private void refuse(Predicate<RecordedRequest> requests, int times) {
		String challenge = "Bearer realm=\"" + this.upstream.tokens().realm()
				+ "\",service=\"test-registry\",scope=\"repository:acme/app:pull\",error=\"invalid_token\"";
		this.upstream.registry().misbehave(requests, times, Misbehaviour.status(401));
		this.upstream.registry().misbehave(requests, times, Misbehaviour.challenges(challenge));
	}

	private int status() throws Exception {
		return this.upstream.client().get(MANIFEST).statusCode();
	}

}
