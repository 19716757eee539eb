package dev.sluice.login;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import dev.sluice.testing.Gate;
import dev.sluice.testing.Matching;
import dev.sluice.testing.Misbehaviour;
import dev.sluice.testing.PrivateRegistry;
import dev.sluice.testing.RequestLog;
import dev.sluice.testing.TestImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What pulls cost at the registry and at the token server, counted there.
 */
@Timeout(120)
class TokenCountTests {

	private static final int CLIENTS = 100;

	private static final int REPOSITORIES = 20;

	private static final TestImage IMAGE = TestImage.random();

	@Test
	void exchangesOneTokenForEachRepositoryHoweverManyClientsAskAtOnce(@TempDir Path directory) throws Exception {
		try (PrivateRegistry upstream = PrivateRegistry.start(directory)) {
			IntStream.range(0, REPOSITORIES)
				.forEach((number) -> upstream.registry().push("acme/app" + number, "1", IMAGE));
			Gate gate = new Gate();
			upstream.tokens().misbehave(Matching.any(), Misbehaviour.heldUntil(gate));
			List<CompletableFuture<HttpResponse<byte[]>>> first = ask(upstream);
			RequestLog registry = upstream.registry().requests();
			registry.awaitCount(Matching.manifests(), CLIENTS, java.time.Duration.ofSeconds(60));
			gate.open();
			assertServed(first);
			assertThat(upstream.tokens().exchanges()).isEqualTo(REPOSITORIES);
			registry.clear();
			assertServed(ask(upstream));
			assertThat(upstream.tokens().exchanges()).isEqualTo(REPOSITORIES);
			assertThat(registry.count()).isEqualTo(CLIENTS);
			assertThat(registry.count(Matching.authorized())).isEqualTo(CLIENTS);
		}
	}

	@Test
	void anImageThatDoesNotExistCostsNoTokenForEachRequest(@TempDir Path directory) throws Exception {
		try (PrivateRegistry upstream = PrivateRegistry.start(directory)) {
			upstream.tokens().user("robot", "s3cret", "acme/*");
			for (int request = 0; request < 20; request++) {
				assertThat(upstream.client().get("/v2/other/none/manifests/1").statusCode()).isEqualTo(403);
			}
			assertThat(upstream.tokens().exchanges()).isEqualTo(1);
		}
	}

	private static List<CompletableFuture<HttpResponse<byte[]>>> ask(PrivateRegistry upstream) {
		return IntStream.range(0, CLIENTS)
			.mapToObj((number) -> "/v2/acme/app" + number % REPOSITORIES + "/manifests/1")
			.map((path) -> upstream.client().getAsync(path))
			.toList();
	}

	private static void assertServed(List<CompletableFuture<HttpResponse<byte[]>>> answers) {
		assertThat(answers).allSatisfy((answer) -> {
			assertThat(answer.join().statusCode()).isEqualTo(200);
			assertThat(answer.join().body()).isEqualTo(IMAGE.manifest().bytes());
		});
	}

}
