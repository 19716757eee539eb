package dev.sluice.transport;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.sluice.transport.TransportSettings.EgressProxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Which proxy an origin is reached through.
 */
class EgressRoutesTests {

	private static final Origin SECURE = Origin.of("https", "registry.example");

	private static final Origin PLAIN = Origin.of("http", "registry.example");

	@ParameterizedTest
	@CsvSource({ "*, a.example, true", "a.example, a.example, true", "a.example, x.a.example, true",
			"a.example, ba.example, false", ".a.example, x.a.example, true", ".a.example, a.example, false",
			"*.a.example, x.a.example, true", "*.a.example, a.example, false", "A.Example, a.example, true",
			"a.example:443, a.example, true", "a.example:8443, a.example, false", "10.0.0.0/8, 10.1.2.3, true",
			"10.0.0.0/8, 11.1.2.3, false", "10.0.0.0/8, ten.example, false", "10.1.2.3, 10.1.2.3, true",
			"10.1.2.3:443, 10.1.2.3, true", "10.1.2.3:80, 10.1.2.3, false", "fd00::/8, [fd00::1], true",
			"[fd00::1], [fd00::1], true", "[fd00::1]:443, [fd00::1], true", "[fd00::1]:80, [fd00::1], false" })
	void sparesWhatNoProxyLists(String entry, String host, boolean spared) {
		assertThat(new NoProxy(List.of("other.example", entry)).covers(new Origin("https", host, 443)))
			.isEqualTo(spared);
	}

	@Test
	void readsTheEnvironmentByScheme() {
		EgressRoutes routes = new EgressRoutes(null,
				Map.of("HTTPS_PROXY", "http://us%40er:p%3Aw@secure.example:3128", "http_proxy", "plain.example:8080"));
		assertThat(routes.proxyFor(SECURE)).contains(new EgressProxy("secure.example", 3128, "us@er", "p:w", Set.of()));
		assertThat(routes.proxyFor(PLAIN)).contains(new EgressProxy("plain.example", 8080, null, null, Set.of()));
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '\u0001', value = { "http://u:p@proxy.example:3128, u, p, proxy.example, 3128",
			"proxy.example, , , proxy.example, 80", "HTTP://Proxy.Example:3128/, , , proxy.example, 3128",
			"http://my_proxy:3128, , , my_proxy, 3128", "http://u@proxy.example, u, , proxy.example, 80",
			"http://a%3Ab:c%3Ad@proxy.example, a:b, c:d, proxy.example, 80",
			"http://u:p%2541@proxy.example, u, p%41, proxy.example, 80",
			"http://u:p@ss:w@proxy.example, u, p@ss:w, proxy.example, 80",
			"http://u:a+b@proxy.example, u, a+b, proxy.example, 80",
			"http://u:p/w@proxy.example, u, p/w, proxy.example, 80",
			"http://u:50%off@proxy.example, u, 50%off, proxy.example, 80", "http://[::1]:3128, , , [::1], 3128" })
	void readsAProxysAddressAsCurlDoes(String text, String user, String password, String host, int port) {
		assertThat(ProxyUrl.read(text, Set.of())).isEqualTo(new EgressProxy(host, port, user, password, Set.of()));
	}

	@Test
	void prefersSmallLettersAndTheSettings() {
		Map<String, String> environment = Map.of("https_proxy", "http://small.example", "HTTPS_PROXY",
				"http://large.example");
		assertThat(new EgressRoutes(null, environment).proxyFor(SECURE)).map(EgressProxy::host)
			.isEqualTo(Optional.of("small.example"));
		EgressProxy configured = new EgressProxy("configured.example", 1, null, null, Set.of("spared.example"));
		EgressRoutes routes = new EgressRoutes(configured, environment);
		assertThat(routes.proxyFor(SECURE)).contains(configured);
		assertThat(routes.proxyFor(new Origin("https", "spared.example", 443))).isEmpty();
		assertThat(routes.proxyFor(new Origin("http", "127.0.0.1", 80))).contains(configured);
	}

	@Test
	void ignoresTheVariableThatACgiClientCanSet() {
		Map<String, String> cgi = Map.of("HTTP_PROXY", "http://evil.example", "REQUEST_METHOD", "GET");
		assertThat(new EgressRoutes(null, cgi).proxyFor(PLAIN)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "localhost", "127.0.0.1", "127.9.9.9", "[::1]", "a.localhost" })
	void reachesLoopbackDirectly(String host) {
		EgressRoutes routes = new EgressRoutes(null, Map.of("https_proxy", "http://proxy.example"));
		assertThat(routes.proxyFor(new Origin("https", host, 443))).isEmpty();
	}

	@Test
	void honoursNoProxyOfTheEnvironment() {
		EgressRoutes routes = new EgressRoutes(null, Map.of("https_proxy", "http://proxy.example", "NO_PROXY",
				"a.example, .registry.example registry.example"));
		assertThat(routes.proxyFor(SECURE)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " " })
	void anEmptyVariableHidesNoOther(String empty) {
		EgressRoutes routes = new EgressRoutes(null, Map.of("https_proxy", empty, "HTTPS_PROXY", "http://proxy.example",
				"http_proxy", empty, "HTTP_PROXY", "http://proxy.example", "no_proxy", empty, "NO_PROXY", "a.example"));
		assertThat(routes.proxyFor(SECURE)).map(EgressProxy::host).contains("proxy.example");
		assertThat(routes.proxyFor(PLAIN)).map(EgressProxy::host).contains("proxy.example");
		assertThat(routes.proxyFor(Origin.of("https", "a.example"))).isEmpty();
	}

	@Test
	void namesTheVariableAndHidesItsValueWhenItIsNoProxy() {
		for (String value : List.of("socks5://user:s3cret@proxy.example", "http://user:s3cret@bad host",
				"https://user:s3cret@proxy.example")) {
			assertThatIllegalArgumentException().isThrownBy(() -> new EgressRoutes(null, Map.of("HTTPS_PROXY", value)))
				.withMessageStartingWith("HTTPS_PROXY: ")
				.withMessageNotContaining("s3cret")
				.withNoCause();
		}
	}

	@Test
	void showsNoPassword() {
		EgressProxy proxy = new EgressProxy("proxy.example", 3128, "user", "s3cret", Set.of());
		assertThat(proxy).hasToString("proxy.example:3128");
		assertThat(Settings.proxy(proxy).toString()).doesNotContain("s3cret");
	}

}
