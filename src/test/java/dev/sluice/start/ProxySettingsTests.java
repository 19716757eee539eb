package dev.sluice.start;

import java.util.Map;

import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestRegistry;
import dev.sluice.testing.TunnelProxy;
import dev.sluice.transport.Network;
import io.netty.resolver.DefaultAddressResolverGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * An upstream's egress proxy, of its own or the environment's, and what goes round it.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class ProxySettingsTests {

	private static final String U = "sluice.upstreams[0].";

	@ParameterizedTest
	@CsvSource({ "other.test, true", "hidden.test, false", "*, false" })
	void anUpstreamsOwnNoProxyStandsInPlaceOfTheEnvironments(String noProxy, boolean proxied) throws Exception {
		try (TestRegistry registry = TestRegistry.open().push("app", "1", TestImage.random());
				TunnelProxy proxy = TunnelProxy.start();
				RunningSluice sluice = RunningSluice.over(new Network(DefaultAddressResolverGroup.INSTANCE,
						Map.of("http_proxy", "http://" + proxy.authority(), "NO_PROXY", "hidden.test"), "sluice/test"),
						U + "name=a.test", U + "endpoints=http://hidden.test:" + registry.port(),
						U + "proxy.no-proxy=" + noProxy);
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			int status = client.get("/v2/a.test/app/manifests/1").statusCode();
			assertThat(status == 200).isEqualTo(proxied);
			assertThat(proxy.heads().isEmpty()).isNotEqualTo(proxied);
		}
	}

	@Test
	void refusesToGoRoundAProxyThatIsNot(CapturedOutput output) {
		assertThatException().isThrownBy(() -> start(U + "proxy.no-proxy=b.test").close());
		WrittenSettings.assertOneLine(output, U
				+ "proxy.no-proxy: there is no proxy to go round: set proxy.url beside it, or the variable HTTPS_PROXY");
		start(U + "proxy.no-proxy=*").close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "none", "None", " none " })
	void refusesNoneForAProxy(String url, CapturedOutput output) {
		assertThatException().isThrownBy(() -> start(U + "proxy.url=" + url).close());
		WrittenSettings.assertOneLine(output, "proxy.url = '" + url
				+ "' won't do: it would be a host of that name; no-proxy: '*' says that there is no proxy");
	}

	private static RunningSluice start(String setting) {
		return RunningSluice.over(new Network(DefaultAddressResolverGroup.INSTANCE, Map.of(), "sluice/test"),
				U + "name=a.test", setting);
	}

}
