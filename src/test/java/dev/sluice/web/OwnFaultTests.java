package dev.sluice.web;

import java.net.http.HttpResponse;
import java.util.Set;

import dev.sluice.oci.RegistryName;
import dev.sluice.pull.BlobPull;
import dev.sluice.pull.ListingPull;
import dev.sluice.pull.ManifestPull;
import dev.sluice.route.RegistryList;
import dev.sluice.route.Router;
import dev.sluice.testing.Answer;
import dev.sluice.testing.LogCapture;
import dev.sluice.testing.OciFailure;
import dev.sluice.testing.ScriptedUpstream;
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

	private DisposableServer server;

	private TestClient client;

	private LogCapture log;

	@BeforeEach
	void start() {
		this.log = LogCapture.asUsersSeeIt();
		serve(this.faulty);
	}

	@AfterEach
	void close() {
		this.log.close();
		this.client.close();
		this.server.disposeNow();
	}

	private void serve(UpstreamDirectory upstreams) {
		RegistryApi api = new RegistryApi(new Router(RegistryList.withDefault(DOCKER_HUB).build()),
				new ManifestPull(upstreams, Schedulers.immediate()), new BlobPull(upstreams),
				new ListingPull(upstreams, Schedulers.immediate()), RequestListener.NONE,
				new TrustedProxies((_) -> false), () -> false, Schedulers.immediate());
		this.server = HttpServer.create().host("127.0.0.1").port(0).handle(Served.by(api)).bindNow();
		this.client = TestClient.of("http://127.0.0.1:" + this.server.port());
	}

	@Test
	void isAnInternalServerErrorWithTheIdUnderWhichTheLogHasIt() throws Exception {
		OciFailure failure = OciFailure.of(this.client.get("/v2/library/app/manifests/1")).is(500, "UNKNOWN");
		assertThat(failure.message()).doesNotContain("a fault for the test");
		String id = failure.message().substring(failure.message().lastIndexOf(' ') + 1);
		assertThat(this.log.awaitAccessLine("id=" + id)).contains("status=500");
		assertThat(this.log.entries()).anyMatch((entry) -> entry.message().contains(id)
				&& entry.stackTrace().contains("IllegalStateException: a fault for the test"));
	}

	@Test
	void isLoggedWithTheEndpointAtWhichItShowed() throws Exception {
		ScriptedUpstream registry = ScriptedUpstream.askedWith().answer((_) -> {
			throw new IllegalStateException("a fault for the test");
		}, Answer.of(200));
		close();
		this.log = LogCapture.asUsersSeeIt();
		serve(new UpstreamDirectory(Set.of(), (_) -> registry.client(), Schedulers.immediate()));
		OciFailure failure = OciFailure.of(this.client.get("/v2/library/app/manifests/1")).is(500, "UNKNOWN");
		assertThat(failure.message()).doesNotContain("reg.example");
		assertThat(this.log.awaitAccessLine("status=500")).contains("endpoint=https://reg.example",
				"cause=\"IllegalStateException: a fault for the test\"");
		assertThat(this.log.entries())
			.anyMatch((entry) -> entry.stackTrace().contains("IllegalStateException: a fault for the test"));
	}

	@Test
	void hasNoBodyWhereHeadWasAsked() throws Exception {
		HttpResponse<byte[]> head = this.client.head("/v2/library/app/manifests/1");
		assertThat(head.statusCode()).isEqualTo(500);
		assertThat(head.body()).isEmpty();
	}

}
