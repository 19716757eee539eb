package dev.sluice.start;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import dev.sluice.testing.BlobHost;
import dev.sluice.testing.Listener;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestContent;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestRegistry;
import dev.sluice.testing.TunnelProxy;
import dev.sluice.wiring.Endpoints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.sluice.testing.TestClient.text;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Endpoints, egress proxies and networks as people write them, through the real program.
 */
@Timeout(60)
class AddressSettingsTests {

	private static final String U = "sluice.upstreams[0].";

	@ParameterizedTest
	@ValueSource(strings = { "http://my_registry:%d", "HTTP://my_registry:%d/", " http://my_registry:%d ",
			"http://MY_registry.:%d" })
	void takesEveryEndpointThatClientsReach(String endpoint) throws Exception {
		try (TunnelProxy proxy = TunnelProxy.start();
				TestRegistry registry = TestRegistry.open().push("app", "1", TestImage.random());
				RunningSluice sluice = RunningSluice.start(U + "name=my_registry:5000",
						U + "endpoints=" + endpoint.formatted(registry.port()),
						U + "proxy.url=http://" + proxy.authority());
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			HttpResponse<byte[]> answer = client.get("/v2/my_registry:5000/app/manifests/1");
			assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
			assertThat(proxy.heads()).allMatch((head) -> head.startsWith("CONNECT my_registry"));
		}
	}

	@ParameterizedTest
	@CsvSource({ "50%2525, 50%25", "50%25, 50%", "50%, 50%", "p%40ss, p@ss", "p@ss, p@ss", "p:s, p:s", "a+b, a+b",
			"a%2Bb, a+b", "%C3%A9, é", "a/b, a/b" })
	void decodesTheLoginOfAProxyOnce(String written, String password) throws Exception {
		try (TunnelProxy proxy = TunnelProxy.start();
				TestRegistry registry = TestRegistry.open().push("app", "1", TestImage.random());
				RunningSluice sluice = RunningSluice.start(U + "name=a.test", U + "endpoints=" + registry.url(),
						U + "proxy.url=http://egress:" + written + "@" + proxy.authority());
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			client.get("/v2/a.test/app/manifests/1");
			byte[] login = ("egress:" + password).getBytes(StandardCharsets.UTF_8);
			assertThat(proxy.heads()).isNotEmpty()
				.allMatch((head) -> head.contains("asic " + Base64.getEncoder().encodeToString(login) + "\r\n"));
		}
	}

	/**
	 * 0.0.0.0 stands for what VPNs resolve public names into: special-purpose, so that
	 * nobody may name it, and no other machine.
	 */
	@Test
	void networksThatAreAllowedForAllAreAllowedForARegistryWithoutSettingsToo(@TempDir Path directory)
			throws Exception {
		TestContent blob = TestContent.random(1000);
		try (BlobHost blobs = BlobHost.start(Listener.named("0.0.0.0"));
				TestRegistry registry = TestRegistry.open().push("acme/app", blob).redirectBlobsTo(blobs)) {
			Path config = Files.writeString(directory.resolve("config.json"),
					"{\"auths\":{\"" + registry.authority() + "\":{}}}");
			List<String> settings = new ArrayList<>(List.of("sluice.credentials.docker-config=" + config,
					"sluice.default-upstream=" + registry.authority(), U + "name=a.test",
					U + "endpoints=" + registry.url(), U + "allow-networks=10.0.0.0/8"));
			String path = "/acme/app/blobs/" + blob.digest();
			assertThat(answers(settings, "/v2" + path, "/v2/a.test" + path)).allSatisfy((answer) -> assertThat(answer)
				.contains("special-purpose address", "or its network in sluice.allow-networks"));
			settings.add("sluice.allow-networks=198.18.0.0/15,0.0.0.0/8");
			assertThat(answers(settings, "/v2" + path, "/v2/a.test" + path)).as("it is tried")
				.allSatisfy((answer) -> assertThat(answer).doesNotContain("special-purpose"));
		}
	}

	private static List<String> answers(List<String> settings, String... paths) throws Exception {
		List<String> answers = new ArrayList<>();
		try (RunningSluice sluice = RunningSluice.start(settings.toArray(String[]::new));
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			for (String path : paths) {
				answers.add(text(client.get(path)));
			}
		}
		return answers;
	}

}
