package dev.sluice.api;

import java.util.Map;

import dev.sluice.testing.LogCapture;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where Spring Boot sees Kubernetes it believes forwarded headers, whoever sends them.
 * Sluice doesn't, there or anywhere.
 */
@Timeout(60)
class ForwardedHeaderTests {

	private static final Map<String, String> POD = Map.of("KUBERNETES_SERVICE_HOST", "10.96.0.1",
			"KUBERNETES_SERVICE_PORT", "443");

	private static final String EXPLAIN = "/actuator/explain?image=registry.test/acme/app:1";

	private static TestRegistry registry;

	private static RunningSluice sluice;

	/** Behind named proxies. */
	private static RunningSluice behind;

	@BeforeAll
	static void start() {
		registry = TestRegistry.open().push("acme/app", "1", TestImage.random());
		sluice = inPod();
		behind = inPod("sluice.trusted-proxies=127.0.0.0/8,192.0.2.7");
	}

	private static RunningSluice inPod(String... properties) {
		String[] all = new String[properties.length + 2];
		all[0] = "sluice.upstreams[0].name=registry.test";
		all[1] = "sluice.upstreams[0].endpoints=" + registry.url();
		System.arraycopy(properties, 0, all, 2, properties.length);
		return RunningSluice.in(POD, all);
	}

	@AfterAll
	static void stop() {
		sluice.close();
		behind.close();
		registry.close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "X-Forwarded-For | 203.0.113.9", "Forwarded | for=203.0.113.9",
			"X-Forwarded-For | 127.0.0.1", "X-Real-IP | 203.0.113.9" })
	void forgeNoClientInTheAccessLog(String header, String value) throws Exception {
		try (TestClient client = TestClient.of(sluice.uri("").toString()); LogCapture log = LogCapture.asUsersSeeIt()) {
			client.get("/v2/registry.test/acme/app/manifests/1", header, value);
			assertThat(log.awaitAccessLine("manifests/1")).contains("client=127.0.0.1 ");
		}
	}

	@Test
	void nameTheClientWhereANamedProxySendsThem() throws Exception {
		try (TestClient client = TestClient.of(behind.uri("").toString()); LogCapture log = LogCapture.asUsersSeeIt()) {
			client.get("/v2/registry.test/acme/app/manifests/1", "X-Forwarded-For", "1.1.1.1, 203.0.113.9, 192.0.2.7");
			assertThat(log.awaitAccessLine("manifests/1")).contains("client=203.0.113.9 ");
			client.get("/v2/registry.test/acme/app/manifests/2", "Forwarded", "for=\"[2001:db8::1]:1\"");
			assertThat(log.awaitAccessLine("manifests/2")).contains("client=2001:db8:0:0:0:0:0:1 ");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "X-Forwarded-For | 127.0.0.1", "X-Forwarded-For | 203.0.113.9",
			"Forwarded | for=127.0.0.1", "x-forwarded-proto | https", "X-Forwarded-Host | localhost",
			"X-Forwarded-Client-Cert | By=spiffe", "Via | 1.1 envoy", "X-Real-Ip | 127.0.0.1", "FORWARDED | ''",
			"CF-Connecting-IP | 127.0.0.1", "CF-Ray | 1", "True-Client-IP | 127.0.0.1", "X-Client-IP | 127.0.0.1",
			"X-Cluster-Client-IP | 127.0.0.1", "X-Original-Forwarded-For | 127.0.0.1", "X-Original-Host | localhost",
			"Fastly-Client-IP | 127.0.0.1", "Fly-Client-IP | 127.0.0.1", "X-Envoy-External-Address | 127.0.0.1",
			"X-Envoy-Internal | true", "X-Forwarded | for=127.0.0.1", "X_Forwarded_For | 127.0.0.1",
			"CDN-Loop | cloudflare", "X-Azure-ClientIP | 127.0.0.1", "X-Amzn-Trace-Id | Root=1",
			"Ngrok-Auth-User-Email | me", "X-Traefik-Router | a", "X-ProxyUser-Ip | 127.0.0.1" })
	void openNoExplanationToWhoeverComesThroughAProxy(String header, String value) throws Exception {
		try (TestClient management = TestClient.of(sluice.managementUri("").toString());
				TestClient trusting = TestClient.of(behind.managementUri("").toString())) {
			registry.requests().clear();
			assertThat(management.get(EXPLAIN, header, value).statusCode()).isEqualTo(403);
			assertThat(trusting.get(EXPLAIN, header, value).statusCode()).isEqualTo(403);
			assertThat(registry.requests().count()).isZero();
			assertThat(management.get(EXPLAIN).statusCode()).isEqualTo(200);
			assertThat(TestClient.text(management.get(EXPLAIN, header, value))).containsIgnoringCase(header);
		}
	}

}
