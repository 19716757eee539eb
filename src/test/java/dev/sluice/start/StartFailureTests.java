package dev.sluice.start;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

import dev.sluice.testing.RunningSluice;
import dev.sluice.transport.Network;
import io.netty.resolver.DefaultAddressResolverGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * A wrong setting stops the start with one line: the property, the value, what is
 * allowed.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class StartFailureTests {

	private static final String U = "sluice.upstreams[0].";

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"sluice.nonsense=1 | sluice.nonsense = '1' won't do: there is no such property; there are access, allow-networks, config, credentials, default-upstream, freshness, host-names, max-connections, registries, store, trusted-proxies, upstreams",
			U + "tls.ca=x | sluice.upstreams[0].tls.ca = 'x' won't do: there is no such property; there are certificate, certificate-authority, key, skip-verify",
			"sluice.default-upstream=https://a.test | sluice.default-upstream = 'https://a.test' won't do:",
			"sluice.host-names=a b | sluice.host-names = 'a b' won't do:",
			"sluice.trusted-proxies=10.0.0.0/33 | sluice.trusted-proxies = '10.0.0.0/33' won't do: expected an address or a range of addresses, such as 10.1.0.0/16",
			"sluice.trusted-proxies=10.1.2.3/16 | sluice.trusted-proxies = '10.1.2.3/16' won't do: it goes on behind its prefix: write 10.1.0.0/16, or the address alone",
			"sluice.trusted-proxies=fd00::1/8 | sluice.trusted-proxies = 'fd00::1/8' won't do: it goes on behind its prefix: write fd00::/8, or",
			"sluice.trusted-proxies=010.1.0.0/16 | sluice.trusted-proxies = '010.1.0.0/16' won't do: a number of it begins with 0, which some read as octal: write 10.1.0.0/16",
			"sluice.allow-networks=10.1.0.00/16 | sluice.allow-networks = '10.1.0.00/16' won't do: a number of it begins with 0",
			"sluice.trusted-proxies[0]=ingress.corp | sluice.trusted-proxies = 'ingress.corp' won't do: expected an address or a range of addresses",
			"sluice.max-connections=0 | sluice.max-connections = '0' won't do: expected 1 or more",
			"sluice.max-connections=many | sluice.max-connections = 'many' won't do: expected a whole number",
			"sluice.access.open=maybe | sluice.access.open = 'maybe' won't do: expected true or false",
			"sluice.credentials.kubernetes-api.namespace=infra | sluice.credentials.kubernetes-api.namespace = 'infra' won't do: no secret is chosen: set sluice.credentials.kubernetes-api.label-selector,",
			"server.forward-headers-strategy=native | server.forward-headers-strategy = 'native' won't do: it believes forwarded headers whoever sends them; name the proxies in sluice.trusted-proxies instead",
			"server.forward-headers-strategy=framework | server.forward-headers-strategy = 'framework' won't do: it believes forwarded headers",
			"server.http2.enabled=true | server.http2.enabled = 'true' won't do: Sluice speaks HTTP/1.1 alone",
			"server.address=0.0.0.0 | server.address = '0.0.0.0' won't do: anyone who reaches it could pull with Sluice's credentials; set sluice.access.open=true (SLUICE_ACCESS_OPEN=true)" })
	void namesTheWrongProperty(String property, String line, CapturedOutput output) {
		assertRefused(output, line, property);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"name=https://a.test | name = 'https://a.test' won't do: 'https://a.test' is no registry name: expected host or host:port",
			"tls.ca=x | tls.ca = 'x' won't do: there is no such property; there are certificate, certificate-authority, key, skip-verify",
			"nonsense=x | nonsense = 'x' won't do: there is no such property; there are aliases,",
			"name= | name = '' won't do: '' is no registry name: expected host or host:port",
			"endpoints=ftp://a.test | endpoints = 'ftp://a.test' won't do: expected http(s)://host[:port]",
			"endpoints=a.test:5000 | endpoints = 'a.test:5000' won't do: expected http(s)://host[:port]",
			"endpoints=https://a.test/v2/ | endpoints = 'https://a.test/v2/' won't do: expected http(s)://host[:port]",
			"endpoints=https://a.test#f | endpoints = 'https://a.test#f' won't do: expected http(s)://host[:port]",
			"endpoints=https://a.test/#f | endpoints = 'https://a.test/#f' won't do: expected http(s)://host[:port]",
			"proxy.url=http://a.test:1/path | proxy.url = 'http://a.test:1/path' won't do: a proxy has no path: write http://",
			"allow-networks=10.1.2.3/8 | allow-networks = '10.1.2.3/8' won't do: it goes on behind its prefix: write 10.0.0.0/8",
			"aliases=Bad/Alias | aliases = 'Bad/Alias' won't do: expected one lower-case path segment",
			"allow-networks=10.0.0.0/33 | allow-networks = '10.0.0.0/33' won't do: expected an address or a range of addresses",
			"allow-networks=*.corp | allow-networks = '*.corp' won't do: expected an address or a range of addresses",
			"hosts=a/b | hosts = 'a/b' won't do: 'a/b' is no registry name",
			"redirects=maybe | redirects = 'maybe' won't do: expected follow or pass",
			"timeouts.response=soon | timeouts.response = 'soon' won't do: expected a duration, such as 30s",
			"timeouts.idle=0s | timeouts.idle = '0s' won't do: expected more than 0, such as 30s",
			"pool.size=many | pool.size = 'many' won't do: expected a whole number",
			"pool.size=0 | pool.size = '0' won't do: expected 1 or more",
			"tls.certificate-authority=/no/such.pem | tls.certificate-authority = '/no/such.pem' won't do: expected a file that can be read",
			"tls.certificate=c.pem | tls.certificate = 'c.pem' won't do: a client certificate needs both: set sluice.upstreams[0].tls.key too",
			"tls.key=k.pem | tls.key = 'k.pem' won't do: a client certificate needs both: set sluice.upstreams[0].tls.certificate too",
			"proxy.url=socks://a.test:1 | proxy.url = 'socks://a.test:1' won't do: only http://[user:password@]host[:port] is supported" })
	void namesTheWrongSettingOfAnUpstream(String setting, String line, CapturedOutput output) {
		assertRefused(output, U + line, U + "name=corp.test", U + setting);
	}

	@Test
	void refusesAFileThatHoldsNoCertificate(@TempDir Path directory, CapturedOutput output) throws Exception {
		Path file = Files.writeString(directory.resolve("ca.pem"), "no certificate");
		assertRefused(output, "upstream corp.test: sluice.upstreams[0].tls.certificate-authority: no",
				U + "name=corp.test", U + "tls.certificate-authority=" + file);
	}

	@Test
	void refusesAnEgressProxyOfTheEnvironmentThatIsNone(CapturedOutput output) {
		Network network = new Network(DefaultAddressResolverGroup.INSTANCE,
				Map.of("HTTPS_PROXY", "socks5://egress:pa55@proxy.test:1080"), "sluice/test");
		assertThatException().isThrownBy(() -> RunningSluice.over(network).close());
		assertThat(output).contains("upstream docker.io: HTTPS_PROXY: only http://[user:password@]host[:port]")
			.doesNotContain("pa55");
	}

	@Test
	void refusesAnAliasOfTwoRegistries(CapturedOutput output) {
		assertRefused(output, "sluice.upstreams[1].aliases = 'corp' won't do: it means a.test already",
				U + "name=a.test", U + "aliases=corp", "sluice.upstreams[1].name=b.test",
				"sluice.upstreams[1].aliases=corp");
	}

	@Test
	void refusesARegistryThatIsConfiguredTwice(CapturedOutput output) {
		assertRefused(output, "sluice.upstreams[1].name = 'docker.io' won't do: it is configured twice",
				U + "name=docker.io", "sluice.upstreams[1].name=index.docker.io");
	}

	@Test
	void showsNoPassword(CapturedOutput output) {
		assertRefused(output, "endpoints = 'https://…@a.test' won't do", U + "name=a.test",
				U + "endpoints=https://robot:s3cret@a.test");
		assertRefused(output, "proxy.url = 'https://…@a.test:x' won't do: only http://", U + "name=a.test",
				U + "proxy.url=https://robot:s3cret@a.test:x");
		assertThat(output).doesNotContain("s3cret");
	}

	@Test
	void warnsOfAnAliasThatHidesPartOfTheDefaultUpstream(CapturedOutput output) {
		try (RunningSluice _ = RunningSluice.start(U + "name=a.test", U + "aliases=corp,b.test")) {
			assertThat(output).contains("Alias 'corp' hides images of docker.io whose name begins with 'corp/'")
				.doesNotContain("Alias 'b.test' hides");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"sluice.default-upstream=corp.test | sluice.default-upstream = 'corp.test' won't do: it isn't listed: add it to sluice.upstreams (name: corp.test), or write none",
			"sluice.default-upstream=*.corp | sluice.default-upstream = '*.corp' won't do: patterns aren't taken here: expected one host or host:port",
			"sluice.host-names=*.corp | sluice.host-names = '*.corp' won't do: patterns aren't taken here",
			"sluice.host-names=ghcr.io | sluice.host-names = 'ghcr.io' won't do: it is the name of a registry that is listed, not Sluice's own",
			"sluice.registries=all | sluice.registries = 'all' won't do: expected well-known or configured" })
	void refusesNamesThatWouldMeanNothingOrSomethingElse(String property, String line, CapturedOutput output) {
		assertRefused(output, line, property);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "name=quay.io/* | name = 'quay.io/*' won't do: patterns aren't taken here",
			"name=*.dkr.ecr.eu-west-1.amazonaws.com | name = '*.dkr.ecr.eu-west-1.amazonaws.com' won't do: patterns",
			"hosts=*.corp | hosts = '*.corp' won't do: patterns aren't taken here",
			"aliases=team-* | aliases = 'team-*' won't do: patterns aren't taken here: expected one lower-case path segment",
			"aliases=ghcr.io | sluice.upstreams[0].aliases = 'ghcr.io' won't do: it is the name of another registry, which is listed",
			"aliases=index.docker.io | aliases = 'index.docker.io' won't do: it is the name of another registry",
			"credential-host=?.corp | credential-host = '?.corp' won't do: patterns aren't taken here" })
	void refusesSuchNamesOfAnUpstream(String setting, String line, CapturedOutput output) {
		assertRefused(output, line, U + "name=corp.test", U + setting);
	}

	@Test
	void refusesAHostOfTwoRegistries(CapturedOutput output) {
		assertRefused(output, "sluice.upstreams[1].hosts = 'IMAGES.corp' won't do: it means a.test already",
				U + "name=a.test", U + "hosts=images.corp", "sluice.upstreams[1].name=b.test",
				"sluice.upstreams[1].hosts=IMAGES.corp");
		assertRefused(output, "sluice.upstreams[1].hosts = 'images.corp:443' won't do: it means a.test already",
				U + "name=a.test", U + "hosts=images.corp:80", "sluice.upstreams[1].name=b.test",
				"sluice.upstreams[1].hosts=images.corp:443");
	}

	@Test
	void refusesAnAliasThatIsAnotherUpstreamsName(CapturedOutput output) {
		assertRefused(output,
				"sluice.upstreams[0].aliases = 'lab' won't do: it is the name of another registry, which is listed",
				U + "name=a.test", U + "aliases=lab", "sluice.upstreams[1].name=lab");
	}

	private static void assertRefused(CapturedOutput output, String line, String... properties) {
		assertThatException().isThrownBy(() -> RunningSluice.start(properties).close());
		Stream<String> lines = output.getAll().lines();
		assertThat(lines).as(line).anyMatch((shown) -> shown.contains(line.strip()));
		assertThat(output).doesNotContain("Exception", "\tat ");
	}

}
