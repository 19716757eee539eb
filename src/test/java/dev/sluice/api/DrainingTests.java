package dev.sluice.api;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import dev.sluice.testing.Gate;
import dev.sluice.testing.Matching;
import dev.sluice.testing.Misbehaviour;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestRegistry;
import dev.sluice.wiring.Draining;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A shutdown: what is under way is served to its end, what comes is sent elsewhere.
 */
@Timeout(60)
class DrainingTests {

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	@Test
	void refusesWhatComesFromTheFirstMomentOfAShutdownOn() throws Exception {
		try (RunningSluice sluice = RunningSluice.start()) {
			assertThat(get(sluice.uri("/v2/")).get().statusCode()).isEqualTo(200);
			sluice.bean(Draining.class).stop();
			HttpResponse<String> refused = get(sluice.uri("/v2/")).get();
			assertThat(refused.statusCode()).isEqualTo(503);
			assertThat(refused.headers().firstValue("Retry-After")).isPresent();
			assertThat(refused.body()).contains("UNAVAILABLE", "shutting down");
		}
	}

	@Test
	void servesWhatIsUnderWayWhenShuttingDown() throws Exception {
		Gate gate = new Gate();
		try (TestRegistry registry = TestRegistry.open().push("acme/app", "1", TestImage.multiArch());
				RunningSluice sluice = RunningSluice.start("sluice.upstreams[0].name=corp.example.test",
						"sluice.upstreams[0].endpoints=" + registry.url())) {
			registry.misbehave(Matching.manifests(), Misbehaviour.heldUntil(gate));
			CompletableFuture<HttpResponse<String>> underWay = get(
					sluice.uri("/v2/corp.example.test/acme/app/manifests/1"));
			registry.requests().awaitCount(Matching.manifests(), 1, Duration.ofSeconds(10));
			Draining draining = sluice.bean(Draining.class);
			Thread shutdown = Thread.startVirtualThread(sluice::close);
			Awaitility.await().until(draining::isDraining);
			gate.open();
			assertThat(underWay.get().statusCode()).isEqualTo(200);
			shutdown.join(Duration.ofSeconds(30));
			assertThat(shutdown.isAlive()).isFalse();
		}
	}

	private CompletableFuture<HttpResponse<String>> get(URI uri) {
		return this.client.sendAsync(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
	}

}
