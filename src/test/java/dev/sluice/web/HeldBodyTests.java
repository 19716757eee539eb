package dev.sluice.web;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import dev.sluice.pull.BlobPull;
import dev.sluice.pull.ListingPull;
import dev.sluice.pull.ManifestPull;
import dev.sluice.route.Router;
import dev.sluice.testing.ByteSource;
import dev.sluice.testing.LogCapture;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestManifest;
import dev.sluice.testing.TestRegistry;
import dev.sluice.transport.HeldMemory;
import dev.sluice.transport.Network;
import dev.sluice.upstream.UpstreamDirectory;
import io.netty.channel.ChannelOption;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A manifest counts towards the budget of held memory until its client has it, or for so
 * long that the client won't take it any more.
 */
@Timeout(60)
class HeldBodyTests {

	private static final int SIZE = 4 * 1024 * 1024;

	private static final String PATH = "/v2/registry.test/acme/app/manifests/1";

	private static TestRegistry registry;

	private static RunningSluice sluice;

	private static HeldMemory memory;

	@BeforeAll
	static void start() {
		TestManifest manifest = TestManifest.of(TestManifest.OCI_MANIFEST,
				ByteSource.of("{\"layers\":[]}" + " ".repeat(SIZE - 13)));
		registry = TestRegistry.open().push("acme/app", "1", new TestImage(List.of(manifest), List.of()));
		sluice = RunningSluice.start("sluice.upstreams[0].name=registry.test",
				"sluice.upstreams[0].endpoints=" + registry.url());
		memory = sluice.bean(Network.class).heldMemory();
	}

	@AfterAll
	static void stop() {
		sluice.close();
		registry.close();
	}

	@Test
	void isGivenBackOnceTheClientHasItOrOnlyAskedForIt() throws Exception {
		try (TestClient client = TestClient.of(sluice.uri("").toString())) {
			assertThat(client.get(PATH).body()).hasSize(SIZE);
			assertGivenBack();
			registry.misbehave(dev.sluice.testing.Matching.head("/manifests/"),
					dev.sluice.testing.Misbehaviour.bareStatus(405));
			assertThat(client.head(PATH).statusCode()).isEqualTo(200);
			assertGivenBack();
			registry.behave();
		}
	}

	@Test
	void isGivenBackWhenTheClientLeaves() throws Exception {
		DisposableServer server = server(Duration.ofMinutes(1));
		try (Socket client = ask(server.port())) {
			assertThat(client.getInputStream().readNBytes(1000)).hasSize(1000);
			assertThat(memory.used()).isEqualTo(SIZE);
			client.close();
			assertGivenBack();
		}
		finally {
			server.disposeNow();
		}
	}

	@Test
	void isDroppedWithItsConnectionWhenTheClientDoesNotTakeIt() throws Exception {
		DisposableServer server = server(Duration.ofSeconds(1));
		try (LogCapture log = LogCapture.asUsersSeeIt(); Socket client = ask(server.port())) {
			assertThat(log.awaitAccessLine(PATH)).contains("status=200", "SlowClient", "the client took longer than");
			assertGivenBack();
			assertThat(client.getInputStream().readAllBytes().length).isLessThan(SIZE);
		}
		finally {
			server.disposeNow();
		}
	}

	/**
	 * Hands the kernel so little that the manifest stays here: left to itself, Linux
	 * takes the whole of it for a client that reads nothing ({@code tcp_wmem} goes to 4
	 * MiB).
	 */
	private static DisposableServer server(Duration patience) {
		UpstreamDirectory upstreams = sluice.bean(UpstreamDirectory.class);
		RegistryApi api = new RegistryApi(sluice.bean(Router.class),
				new ManifestPull(upstreams, Schedulers.boundedElastic()), new BlobPull(upstreams),
				new ListingPull(upstreams, Schedulers.boundedElastic()), RequestListener.NONE,
				new TrustedProxies((_) -> false), () -> false, Schedulers.boundedElastic(), patience);
		return HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.childOption(ChannelOption.SO_SNDBUF, 64 * 1024)
			.handle(Served.by(api))
			.bindNow();
	}

	/** With a window far smaller than the manifest. */
	private static Socket ask(int port) throws IOException {
		Socket client = new Socket();
		client.setReceiveBufferSize(16 * 1024);
		client.connect(new InetSocketAddress("127.0.0.1", port));
		client.getOutputStream()
			.write(("GET " + PATH + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
		return client;
	}

	private static void assertGivenBack() {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.pollInterval(Duration.ofMillis(20))
			.untilAsserted(() -> assertThat(memory.used()).isZero());
	}

}
