package dev.sluice.api;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;

import dev.sluice.testing.Matching;
import dev.sluice.testing.Misbehaviour;
import dev.sluice.testing.PrivateRegistry;
import dev.sluice.testing.RecordedRequest;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestContent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What an operator sees of the store from outside: meters and health.
 */
@Timeout(60)
class StoreSeenTests {

	private static final TestContent BLOB = TestContent.generated(3_000_000, 11);

	private static final String PATH = "/v2/acme/app/blobs/" + BLOB.digest();

	private static final Predicate<RecordedRequest> FETCHED = Matching.get("/blobs/").and(Matching.authorized());

	@TempDir
	private Path directory;

	private PrivateRegistry registry;

	private TestClient management;

	@BeforeEach
	void start() {
		this.registry = PrivateRegistry.start(this.directory, "sluice.store.enabled=true",
				"sluice.store.path=" + this.directory.resolve("store"), "sluice.store.max-size=1GB");
		this.registry.registry().push("acme/app", BLOB);
		this.management = TestClient.of(this.registry.sluice().managementUri("").toString());
	}

	@AfterEach
	void stop() {
		this.management.close();
		this.registry.close();
	}

	@Test
	void metersTellHitsFromMissesAndWhatWasFetched() throws Exception {
		this.registry.client().get(PATH);
		sees("sluice_fills_ended_total{outcome=\"kept\"} 1.0");
		this.registry.client().get(PATH);
		this.registry.client().get(PATH);
		sees("sluice_requests_seconds_count{from=\"disk\",operation=\"blob\",status=\"200\"} 2",
				"sluice_requests_seconds_count{from=\"fill\",operation=\"blob\",status=\"200\"} 1",
				"sluice_bytes_total{from=\"disk\"} 6000000.0", "sluice_bytes_total{from=\"fill\"} 3000000.0",
				"sluice_fills_begun_total 1.0", "sluice_fills_bytes_total 3000000.0",
				"sluice_fills_ended_total{outcome=\"mismatch\"} 0.0", "sluice_store_max_bytes 1.0E9",
				"sluice_store_held_bytes 3002368.0", "sluice_store_promised_bytes 0.0",
				"sluice_store_evictions_total 0.0", "sluice_store_disk_failures_total{fault=\"full\"} 0.0");
	}

	@Test
	void whatIsResumedIsCounted() throws Exception {
		this.registry.registry().misbehave(FETCHED, Misbehaviour.shortAt(1_600_000));
		assertThat(this.registry.client().get(PATH).body()).isEqualTo(BLOB.bytes());
		sees("sluice_fills_resumed_total 1.0", "sluice_fills_ended_total{outcome=\"kept\"} 1.0");
	}

	@Test
	void aDiskThatFailsDegradesHealthAndIsCounted() throws Exception {
		Path blobs = this.directory.resolve("store/incoming");
		Files.delete(blobs);
		assertThat(this.registry.client().get(PATH).body()).isEqualTo(BLOB.bytes());
		sees("sluice_store_disk_failures_total{fault=\"gone\"} 1.0");
		assertThat(health()).contains("DEGRADED", "can't take " + BLOB.digest(), "restart Sluice");
	}

	@Test
	void aWrongBlobIsNamedInHealth() throws Exception {
		this.registry.registry().misbehave(FETCHED, Misbehaviour.flipByteAt(1_000_000));
		this.registry.client().stream(PATH).body().close();
		sees("sluice_fills_ended_total{outcome=\"mismatch\"} 1.0");
		assertThat(health()).contains("UP", "what came for " + BLOB.digest() + " from ");
	}

	private void sees(String... lines) {
		await().untilAsserted(
				() -> assertThat(TestClient.text(this.management.get("/actuator/prometheus")).lines()).contains(lines));
	}

	private String health() throws Exception {
		return TestClient.text(this.management.get("/actuator/health/store"));
	}

}
