package dev.sluice.start;

import java.nio.file.Files;
import java.nio.file.Path;

import dev.sluice.route.WellKnownRegistries;
import dev.sluice.testing.RunningSluice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a newcomer reads on the start.
 */
@ExtendWith(OutputCaptureExtension.class)
class StartReportTests {

	@Test
	void saysWhatIsServedAndWithWhichCredentialsAndWarnsOfShadowingAliases(@TempDir Path directory,
			CapturedOutput output) throws Exception {
		Path config = Files.writeString(directory.resolve("config.json"),
				"{\"auths\":{\"one.example.test\":{\"auth\":\"cm9ib3Q6czNjcmV0\"},\"ghcr.io\":{}},\"credHelpers\":{\"gcr.io\":\"not-installed\"}}");
		try (RunningSluice sluice = RunningSluice.start("logging.level.dev.sluice.wiring.StartReport=info",
				"sluice.credentials.docker-config=" + config, "sluice.upstreams[0].name=two.example.test",
				"sluice.upstreams[0].aliases=two,two.three")) {
			assertThat(output.getOut()).contains("Sluice development serves the registry API at " + sluice.uri("/v2/"))
				.contains("health and metrics at " + sluice.managementUri("/actuator"))
				.contains("without a registry is pulled from docker.io; listed registries: "
						+ (WellKnownRegistries.NAMES.size() + 2))
				.contains("Credentials: docker config " + config + " names 3 registries; problems: 1, see health")
				.contains("Alias 'two' hides images of docker.io whose name begins with 'two/'")
				.doesNotContain("Alias 'two.three'")
				.doesNotContain("s3cret", "cm9ib3Q6czNjcmV0");
		}
	}

	@ParameterizedTest
	@CsvSource({ "0.0.0.0, false, true", "::, false, true", "0.0.0.0, true, false", "127.0.0.1, false, false",
			"::1, false, false" })
	void warnsOfManagementThatOthersReachUnlessThatWasSaidAlready(String address, boolean open, boolean warned,
			CapturedOutput output) {
		try (RunningSluice _ = RunningSluice.start("management.server.address=" + address,
				"sluice.access.open=" + open)) {
			assertThat(
					output.getOut().contains("Whoever reaches management.server.address may read health and metrics"))
				.isEqualTo(warned);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "::1", "[::1]" })
	void writesAnAddressOfVersionSixAsAUrlHasIt(String address, CapturedOutput output) {
		try (RunningSluice _ = RunningSluice.start("logging.level.dev.sluice.wiring.StartReport=info",
				"server.address=" + address)) {
			assertThat(output.getOut()).contains("serves the registry API at http://[::1]:").doesNotContain("[[");
		}
	}

}
