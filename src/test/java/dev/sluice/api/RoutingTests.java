package dev.sluice.api;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import dev.sluice.testing.Listener;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestRegistry;
import dev.sluice.transport.Network;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.sluice.testing.TestClient.header;
import static dev.sluice.testing.TestClient.text;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which registry is meant, over HTTP: four registries, and a record of each name that is
 * looked up.
 */
@Timeout(60)
class RoutingTests {

	private static final RecordedNames NAMES = new RecordedNames();

	private static final TestRegistry HUB = registry("hub.test", "library/nginx");

	private static final TestRegistry LISTED = registry("listed.test", "acme/app");

	private static final TestRegistry ALIASED = registry("aliased.test", "acme/app");

	private static final TestRegistry CLAIMING = registry("claiming.test", "acme/app");

	private static RunningSluice sluice;

	private static TestClient client;

	@BeforeAll
	static void start() {
		sluice = RunningSluice.over(new Network(NAMES, Map.of(), "sluice/test"), "sluice.host-names=mirror.test",
				"sluice.upstreams[0].name=docker.io", "sluice.upstreams[0].endpoints=" + HUB.url(),
				"sluice.upstreams[1].name=listed.test", "sluice.upstreams[1].endpoints=" + LISTED.url(),
				"sluice.upstreams[2].name=aliased.test", "sluice.upstreams[2].endpoints=" + ALIASED.url(),
				"sluice.upstreams[2].aliases=corp", "sluice.upstreams[3].name=claiming.test",
				"sluice.upstreams[3].endpoints=" + CLAIMING.url(), "sluice.upstreams[3].hosts=claimed.test:8080");
		client = TestClient.of(sluice.uri("").toString());
	}

	@AfterAll
	static void stop() {
		client.close();
		sluice.close();
		List.of(HUB, LISTED, ALIASED, CLAIMING).forEach(TestRegistry::close);
	}

	@BeforeEach
	void forget() {
		NAMES.asked.clear();
		List.of(HUB, LISTED, ALIASED, CLAIMING).forEach((registry) -> registry.requests().clear());
	}

	@ParameterizedTest
	@CsvSource({ "/v2/acme/app/manifests/1?ns=listed.test, listed.test",
			"/v2/listed.test/acme/app/manifests/1?ns=listed.test, listed.test",
			"/v2/acme/app/manifests/1?ns=aliased.test, aliased.test",
			"/v2/listed.test/acme/app/manifests/1, listed.test", "/v2/corp/acme/app/manifests/1, aliased.test",
			"/v2/listed.test/acme/app/manifests/1?ns=mirror.test, listed.test", "/v2/nginx/manifests/1, hub.test",
			"/v2/library/nginx/manifests/1, hub.test", "/v2/nginx/manifests/1?ns=index.docker.io, hub.test",
			"/v2/docker.io/nginx/manifests/1?ns=docker.io, hub.test", "/v2/docker.io/nginx/manifests/1, hub.test" })
	void asksTheRegistryThatIsMeant(String path, String host) throws Exception {
		HttpResponse<byte[]> answer = client.get(path);
		assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
		assertThat(asked()).containsExactly(host);
	}

	@Test
	void nsThatIsTheHostHeaderIsSluiceItself() throws Exception {
		URI own = sluice.uri("");
		HttpResponse<byte[]> answer = client.get("/v2/listed.test/acme/app/manifests/1?ns=" + own.getAuthority());
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(asked()).containsExactly("listed.test");
	}

	@Test
	void theHostHeaderThatAnUpstreamClaimsNamesIt() throws Exception {
		assertThat(statusWithHost("claimed.test:8080", "/v2/acme/app/manifests/1")).isEqualTo("HTTP/1.1 200 OK");
		assertThat(asked()).containsExactly("claiming.test");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/v2/evil.test/acme/app/manifests/1", "/v2/acme/app/manifests/1?ns=evil.test",
			"/v2/acme/app/blobs/sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef?ns=evil.test",
			"/v2/evil.test:5000/acme/app/tags/list", "/v2/localhost/acme/app/manifests/1",
			"/v2/127.0.0.1:1/acme/app/manifests/1", "/v2/evil.test/_catalog", "/v2/evil.test/manifests/1",
			"/v2/acme/app/manifests/1?ns=listed.test:443", "/v2/acme/app/manifests/1?ns=169.254.169.254",
			"/v2/acme/app/manifests/1?ns=corp", "/v2/listed.test/manifests/1" })
	void neverLooksUpNorConnectsToAnUnlistedName(String path) throws Exception {
		HttpResponse<byte[]> answer = client.get(path);
		assertThat(answer.statusCode()).isEqualTo(404);
		assertThat(text(answer)).contains("NAME_UNKNOWN");
		assertThat(NAMES.asked).isEmpty();
		assertThat(asked()).isEmpty();
	}

	@Test
	void neverAsksForAMalformedTag() throws Exception {
		HttpResponse<byte[]> answer = client.get("/v2/acme/app/manifests/-1");
		assertThat(answer.statusCode()).isEqualTo(404);
		assertThat(text(answer)).contains("MANIFEST_UNKNOWN");
		assertThat(asked()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/v2/Acme/app/manifests/1", "/v2/acme/../app/manifests/1",
			"/v2/acme/app/manifests/1?ns=http://evil.test", "/v2/acme/app/blobs/1",
			"/v2/listed.test/Acme/manifests/1" })
	void neverAsksForAMalformedName(String path) throws Exception {
		HttpResponse<byte[]> answer = client.get(path);
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(text(answer)).contains("_INVALID");
		assertThat(NAMES.asked).isEmpty();
		assertThat(asked()).isEmpty();
	}

	@Test
	void echoesTheNamespace() throws Exception {
		assertThat(header(client.get("/v2/acme/app/manifests/1?ns=listed.test"), "OCI-Namespace"))
			.isEqualTo("listed.test");
		assertThat(client.get("/v2/listed.test/acme/app/manifests/1").headers().map())
			.doesNotContainKey("oci-namespace");
	}

	@Test
	void theApisRootIsSluicesOwn() throws Exception {
		for (String path : List.of("/v2", "/v2/", "/v2/?ns=listed.test", "/v2/?ns=evil.test", "/v2/?ns=%0d%0aX:+y")) {
			HttpResponse<byte[]> answer = client.get(path);
			assertThat(answer.statusCode()).as(path).isEqualTo(200);
			assertThat(text(answer)).isEqualTo("{}");
			assertThat(header(answer, "Docker-Distribution-Api-Version")).isEqualTo("registry/2.0");
			HttpResponse<byte[]> head = client.head(path);
			assertThat(head.statusCode()).isEqualTo(200);
			assertThat(header(head, "Content-Length")).isEqualTo("2");
		}
		assertThat(NAMES.asked).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "POST, /v2/acme/app/blobs/uploads/?ns=listed.test, listed.test",
			"PUT, /v2/listed.test/acme/app/manifests/1, listed.test",
			"PATCH, /v2/corp/acme/app/blobs/uploads/1, aliased.test", "DELETE, /v2/nginx/manifests/1, docker.io",
			"PUT, /v2/Acme/app/manifests/1, docker.io", "POST, /v2/, docker.io", "OPTIONS, /v2/, docker.io",
			"PUT, /v2/evil.test/acme/app/manifests/1, the registry",
			"PUT, /v2/a/b/manifests/1?ns=evil.test, the registry", "POST, /v2/listed.test, the registry" })
	void saysWhereToPushInstead(String method, String path, String registry) throws Exception {
		HttpResponse<byte[]> answer = client.send(method, path);
		assertThat(answer.statusCode()).isEqualTo(405);
		assertThat(header(answer, "Allow")).isEqualTo("GET, HEAD");
		assertThat(text(answer)).contains("UNSUPPORTED", "push to " + registry);
		assertThat(NAMES.asked).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/v1/search", "/v2/acme/app", "/v2/acme//app/manifests/1", "/favicon.ico" })
	void anyOtherPathIsNotFoundInTheSameForm(String path) throws Exception {
		HttpResponse<byte[]> answer = client.get(path);
		assertThat(answer.statusCode()).isEqualTo(404);
		assertThat(text(answer)).startsWith("{\"errors\":[{");
	}

	private static List<String> asked() {
		return List.of(HUB, LISTED, ALIASED, CLAIMING)
			.stream()
			.filter((registry) -> registry.requests().count() > 0)
			.map((registry) -> registry.authority().split(":")[0])
			.toList();
	}

	private static TestRegistry registry(String host, String repository) {
		return TestRegistry.open(Listener.named(host)).push(repository, "1", TestImage.random());
	}

	private static String statusWithHost(String host, String path) throws IOException {
		try (Socket socket = new Socket("127.0.0.1", sluice.uri("").getPort())) {
			socket.getOutputStream()
				.write(("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
					.getBytes(StandardCharsets.US_ASCII));
			String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			return answer.lines().findFirst().orElse("");
		}
	}

	/** Resolves every name to this machine, and remembers that it was asked. */
	private static final class RecordedNames extends AddressResolverGroup<InetSocketAddress> {

		private final Queue<String> asked = new ConcurrentLinkedQueue<>();

		@Override
		protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
			return new InetNameResolver(executor) {

				@Override
				protected void doResolve(String name, Promise<InetAddress> promise) {
					RecordedNames.this.asked.add(name);
					promise.setSuccess(InetAddress.getLoopbackAddress());
				}

				@Override
				protected void doResolveAll(String name, Promise<List<InetAddress>> promise) {
					RecordedNames.this.asked.add(name);
					promise.setSuccess(List.of(InetAddress.getLoopbackAddress()));
				}

			}.asAddressResolver();
		}

	}

}
