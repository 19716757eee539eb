package dev.sluice.web;

import java.net.http.HttpResponse;
import java.util.Set;

import dev.sluice.oci.RegistryName;
import dev.sluice.pull.BlobPull;
import dev.sluice.pull.ListingPull;
import dev.sluice.pull.ManifestPull;
import dev.sluice.route.RegistryList;
import dev.sluice.route.Router;
import dev.sluice.testing.LogCapture;
import dev.sluice.testing.OciFailure;
import dev.sluice.testing.TestClient;
import dev.sluice.upstream.UpstreamDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A fault of Sluice's own: said to be one, and to be found in the log.
 */
class OwnFaultTests {

	private static final RegistryName DOCKER_HUB = RegistryName.parse("docker.io");

	private final UpstreamDirectory faulty = new UpstreamDirectory(Set.of(), (name) -> {
		throw new IllegalStateException("a fault for the test");
	}, Schedulers.boundedElastic());

	private final RegistryApi api = new RegistryApi(new Router(RegistryList.withDefault(DOCKER_HUB).build()),
			new ManifestPull(this.faulty, Schedulers.immediate()), new BlobPull(this.faulty),
			new ListingPull(this.faulty, Schedulers.immediate()), RequestListener.NONE,
			new TrustedProxies((_) -> false), () -> false);

	private final DisposableServer server = HttpServer.create()
		.host("127.0.0.1")
		.port(0)
		.handle(Served.by(this.api))
		.bindNow();

	private final TestClient client = TestClient.of("http://127.0.0.1:" + this.server.port());

	private LogCapture log;

	@BeforeEach
	void capture() {
		this.log = LogCapture.asUsersSeeIt();
	}

	@AfterEach
	void close() {
		this.log.close();
		this.client.close();
		this.server.disposeNow();
	}

	@Test
	void isAnInternalServerErrorWithTheIdUnderWhichTheLogHasIt() throws Exception {
		OciFailure failure = OciFailure.of(this.client.get("/v2/library/app/manifests/1")).is(500, "UNKNOWN");
		assertThat(failure.message()).doesNotContain("a fault for the test");
		String id = failure.message().substring(failure.message().lastIndexOf(' ') + 1);
		assertThat(this.log.awaitAccessLine("status=500")).contains("id=" + id);
		assertThat(this.log.entries()).anyMatch((entry) -> entry.message().contains(id)
				&& entry.stackTrace().contains("IllegalStateException: a fault for the test"));
	}

	@Test
	void hasNoBodyWhereHeadWasAsked() throws Exception {
		HttpResponse<byte[]> head = this.client.head("/v2/library/app/manifests/1");
		assertThat(head.statusCode()).isEqualTo(500);
		assertThat(head.body()).isEmpty();
	}

}
