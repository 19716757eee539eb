package dev.sluice.start;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import dev.sluice.testing.Gate;
import dev.sluice.testing.Listener;
import dev.sluice.testing.Matching;
import dev.sluice.testing.Misbehaviour;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestCertificates;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestContent;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestRegistry;
import dev.sluice.testing.TunnelProxy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.sluice.testing.TestClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The settings of each upstream, through the real program: one upstream for each.
 */
@Timeout(60)
class UpstreamSettingsTests {

	private static final TestContent LAYER = TestContent.generated(300_000, 9);

	private static final TestImage IMAGE = TestImage.of(LAYER);

	private static final TestRegistry PLAIN = TestRegistry.open().push("acme/app", "1", IMAGE);

	private static final TunnelProxy PROXY = TunnelProxy.start();

	private static TestRegistry secured;

	private static TestRegistry demanding;

	private static RunningSluice sluice;

	private static TestClient client;

	@BeforeAll
	static void start(@TempDir Path directory) {
		TestCertificates certificates = TestCertificates.in(directory, "hidden.test");
		secured = TestRegistry.open(Listener.localhost().secured(certificates.server())).push("acme/app", "1", IMAGE);
		demanding = TestRegistry.open(Listener.localhost().secured(certificates.serverRequiringClientCertificate()))
			.push("acme/app", "1", IMAGE);
		List<List<String>> upstreams = List.of(upstream("plain.test", PLAIN.url()),
				upstream("trusting.test", secured.url(), "tls.certificate-authority=" + certificates.authorityFile()),
				upstream("doubting.test", secured.url()),
				upstream("careless.test", secured.url(), "tls.skip-verify=true"),
				upstream("known.test", demanding.url(), "tls.certificate-authority=" + certificates.authorityFile(),
						"tls.certificate=" + certificates.clientCertificateFile(),
						"tls.key=" + certificates.clientKeyFile()),
				upstream("nameless.test", demanding.url(), "tls.certificate-authority=" + certificates.authorityFile()),
				upstream("hasty.test", PLAIN.url(), "timeouts.response=300ms", "timeouts.idle=300ms"),
				upstream("headed.test", PLAIN.url(), "headers.X-Team=images", "headers.User-Agent=team/1",
						"headers.Authorization=Bearer made-up"),
				upstream("narrow.test", PLAIN.url(), "pool.size=1", "pool.pending=1"),
				upstream("proxied.test", "http://hidden.test:" + PLAIN.port(),
						"proxy.url=http://egress:pa55@" + PROXY.authority()),
				upstream("tunnelled.test", "https://hidden.test:" + secured.port(),
						"proxy.url=http://" + PROXY.authority(),
						"tls.certificate-authority=" + certificates.authorityFile()),
				upstream("spared.test", PLAIN.url(), "proxy.url=http://" + PROXY.authority(),
						"proxy.no-proxy=127.0.0.1"));
		Stream.Builder<String> properties = Stream.builder();
		for (int index = 0; index < upstreams.size(); index++) {
			String prefix = "sluice.upstreams[" + index + "].";
			upstreams.get(index).forEach((setting) -> properties.add(prefix + setting));
		}
		sluice = RunningSluice.start(properties.build().toArray(String[]::new));
		client = TestClient.of(sluice.uri("").toString());
	}

	@AfterAll
	static void stop() {
		client.close();
		sluice.close();
		PROXY.close();
		Stream.of(PLAIN, secured, demanding).forEach(TestRegistry::close);
	}

	@AfterEach
	void behave() {
		PLAIN.behave();
	}

	@ParameterizedTest
	@ValueSource(strings = { "plain.test", "trusting.test", "careless.test", "known.test", "headed.test",
			"proxied.test", "tunnelled.test", "spared.test" })
	void pullsFromAnUpstreamThatIsSetRight(String upstream) throws Exception {
		HttpResponse<byte[]> manifest = manifest(upstream);
		assertThat(manifest.statusCode()).as(text(manifest)).isEqualTo(200);
		assertThat(blob(upstream).body()).isEqualTo(LAYER.bytes());
	}

	@Test
	void namesThePropertyThatMakesAnUnknownAuthorityTrusted() throws Exception {
		HttpResponse<byte[]> answer = manifest("doubting.test");
		assertThat(answer.statusCode()).isEqualTo(502);
		assertThat(text(answer)).contains("certificate not trusted", "tls.certificate-authority");
	}

	@Test
	void cannotPullWithoutTheClientCertificateThatIsWanted() throws Exception {
		int before = demanding.requests().count();
		assertThat(manifest("nameless.test").statusCode()).isEqualTo(502);
		assertThat(demanding.requests().count()).isEqualTo(before);
	}

	@Test
	void sendsItsExtraHeaders() throws Exception {
		manifest("headed.test");
		assertThat(PLAIN.requests().last().header("X-Team")).contains("images");
		assertThat(PLAIN.requests().last().header("User-Agent")).contains("team/1");
		assertThat(PLAIN.requests().last().header("Authorization")).contains("Bearer made-up");
		manifest("plain.test");
		assertThat(PLAIN.requests().last().has("X-Team")).isFalse();
	}

	@Test
	void givesUpAnUpstreamThatDoesntAnswerInTime() throws Exception {
		PLAIN.misbehave(Matching.any(), Misbehaviour.heldUntil(new Gate()));
		HttpResponse<byte[]> answer = manifest("hasty.test");
		assertThat(answer.statusCode()).isEqualTo(504);
		assertThat(text(answer)).contains("UNAVAILABLE", PLAIN.url(), "300");
		PLAIN.requests().awaitCancelled(Matching.manifests(), Duration.ofSeconds(30));
	}

	@Test
	void givesUpAnUpstreamThatFallsSilent() {
		PLAIN.misbehave(Matching.blobs(), Misbehaviour.stallAt(200_000));
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> blob("hasty.test"));
	}

	@Test
	void letsNoMoreRequestsWaitThanThePoolAllows() throws Exception {
		Gate gate = new Gate();
		PLAIN.requests().clear();
		PLAIN.misbehave(Matching.any(), Misbehaviour.heldUntil(gate));
		CompletableFuture<HttpResponse<byte[]>> first = client.getAsync("/v2/narrow.test/acme/app/manifests/1");
		PLAIN.requests().awaitCount(Matching.manifests(), 1, Duration.ofSeconds(10));
		List<CompletableFuture<HttpResponse<byte[]>>> others = Stream
			.generate(() -> client.getAsync("/v2/narrow.test/acme/app/manifests/1"))
			.limit(2)
			.toList();
		HttpResponse<?> refused = (HttpResponse<?>) CompletableFuture.anyOf(others.toArray(CompletableFuture<?>[]::new))
			.get();
		assertThat(refused.statusCode()).isEqualTo(503);
		assertThat(refused.headers().firstValue("Retry-After")).isPresent();
		gate.open();
		assertThat(first.get().statusCode()).isEqualTo(200);
		assertThat(others).extracting((other) -> other.get().statusCode()).containsExactlyInAnyOrder(200, 503);
	}

	@Test
	void asksTheEgressProxyWithItsLoginForTheNameItself() throws Exception {
		manifest("proxied.test");
		assertThat(PROXY.heads()).anyMatch((head) -> head.startsWith("CONNECT hidden.test:" + PLAIN.port() + " ")
				&& head.toLowerCase(java.util.Locale.ROOT).contains("proxy-authorization: basic "));
		assertThat(PLAIN.requests().last().has("Proxy-Authorization")).isFalse();
	}

	@Test
	void sparesTheEgressProxyWhatNoProxyNames() throws Exception {
		int before = PROXY.heads().size();
		manifest("spared.test");
		assertThat(PROXY.heads()).hasSize(before);
	}

	private static List<String> upstream(String name, String endpoint, String... settings) {
		return Stream.concat(Stream.of("name=" + name, "endpoints=" + endpoint), Stream.of(settings)).toList();
	}

	private static HttpResponse<byte[]> manifest(String upstream) throws Exception {
		return client.get("/v2/" + upstream + "/acme/app/manifests/1");
	}

	private static HttpResponse<byte[]> blob(String upstream) throws Exception {
		return client.get("/v2/" + upstream + "/acme/app/blobs/" + LAYER.digest());
	}

}
