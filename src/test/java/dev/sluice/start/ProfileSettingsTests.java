package dev.sluice.start;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.sluice.settings.SluiceProperties;
import dev.sluice.settings.UpstreamProperties;
import dev.sluice.testing.RunningSluice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A list in the document of a profile takes the place of the usual one, whole.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class ProfileSettingsTests {

	private static final String PROD = "---\nspring.config.activate.on-profile: prod\n";

	@TempDir
	private Path directory;

	@ParameterizedTest
	@ValueSource(strings = { "endpoints: ['https://b.test:1']", "aliases: [mine]", "headers: {X-Team: b}",
			"credential: {username: b, password: s3cret}", "tls: {skip-verify: true}", "pool.size: 5" })
	void anUpstreamOfAProfileHasNothingOfTheOneInItsPlace(String dropped) throws Exception {
		UpstreamProperties upstream = prod("sluice: {upstreams: [{name: a.test, " + dropped
				+ "}, {name: c.test, hosts: [d.test]}]}\n" + PROD + "sluice: {upstreams: [{name: b.test}]}\n")
			.upstreams()
			.getFirst();
		assertThat(upstream.name()).isEqualTo("b.test");
		assertThat(List.of(upstream.endpoints(), upstream.aliases(), upstream.headers().keySet()))
			.allMatch((given) -> given.isEmpty());
		assertThat(upstream.credential()).isNull();
		assertThat(upstream.tls().skipVerify()).isFalse();
		assertThat(upstream.pool().size()).isEqualTo(256);
	}

	@Test
	void aListOfAProfileMayHaveFewerEntriesOrNone() throws Exception {
		SluiceProperties settings = prod("sluice: {upstreams: [{name: a.test, endpoints: ['https://a.test:1']}],"
				+ " host-names: [a.test, b.test], allow-networks: [10.0.0.0/8]}\n" + PROD
				+ "sluice: {upstreams: [], host-names: [c.test], allow-networks: }\n");
		assertThat(settings.upstreams()).isEmpty();
		assertThat(settings.hostNames()).containsExactly("c.test");
		assertThat(settings.allowNetworks()).containsExactly("10.0.0.0/8");
	}

	@Test
	void saysThatTheLastOfTwoDocumentsCounts(CapturedOutput output) throws Exception {
		Path file = WrittenSettings.file(this.directory,
				"sluice: {host-names: [a.test]}\n---\nsluice: {host-names: [b.test]}\n");
		try (RunningSluice sluice = RunningSluice.start("sluice.config=" + file)) {
			assertThat(sluice.bean(SluiceProperties.class).hostNames()).containsExactly("b.test");
		}
		assertThat(output).contains("sluice.host-names is set in two documents of " + file
				+ ": a list is taken whole, so that only the last counts");
		try (RunningSluice _ = RunningSluice.in(Map.of("SLUICE_HOST_NAMES", "c.test"), "sluice.config=" + file)) {
			assertThat(output).contains("sluice.host-names is set in environment variables (SLUICE_HOST_NAMES) and in "
					+ file + ": a list is taken whole, so that only the first counts");
		}
	}

	private SluiceProperties prod(String text) throws Exception {
		Path file = WrittenSettings.file(this.directory, text);
		try (RunningSluice sluice = RunningSluice.start("sluice.config=" + file, "spring.profiles.active=prod")) {
			return sluice.bean(SluiceProperties.class);
		}
	}

}
