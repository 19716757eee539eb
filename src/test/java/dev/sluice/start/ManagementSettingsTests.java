package dev.sluice.start;

import java.util.Map;

import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Management shows what the settings say, and health whatever they say.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class ManagementSettingsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"management.endpoints.web.exposure.include=heath | management.endpoints.web.exposure.include = 'heath' won't do: there is no such endpoint; there are auditevents, beans,",
			"management.endpoints.web.exposure.include=health,metrisc | = 'metrisc' won't do: there is no such endpoint",
			"management.endpoints.web.exposure.include=health,info | = 'info' won't do: nobody may read it: set management.endpoint.info.access=read-only too",
			"management.endpoints.web.exposure.include=prometheus | = 'prometheus' won't do: the image's health check and the chart's probes ask for health: add it",
			"management.endpoints.web.exposure.exclude=* | management.endpoints.web.exposure.exclude = '*' won't do: the image's health check",
			"management.endpoint.health.access=none | management.endpoint.health.access = 'none' won't do: the image's health check",
			"management.endpoints.access.max-permitted=NONE | management.endpoints.access.max-permitted = 'NONE' won't do: the image's",
			"management.endpoint.health.probes.enabled=false | management.endpoint.health.probes.enabled = 'false' won't do:",
			"management.health.readinessstate.enabled=false | management.health.readinessstate.enabled = 'false' won't do:",
			"management.endpoints.enabled-by-default=false | management.endpoints.enabled-by-default = 'false' won't do: it is an old name: write management.endpoints.access.default in its place, none, read-only or unrestricted" })
	void refusesWhatWouldTakeHealthAwayOrDoNothing(String property, String line, CapturedOutput output) {
		assertThatException().isThrownBy(() -> RunningSluice.start(property.strip()).close());
		WrittenSettings.assertOneLine(output, line);
	}

	@Test
	void refusesItInAVariableToo(CapturedOutput output) {
		assertThatException()
			.isThrownBy(() -> RunningSluice.in(Map.of("MANAGEMENT_ENDPOINT_HEALTH_ACCESS", "NONE")).close());
		WrittenSettings.assertOneLine(output, "management.endpoint.health.access = 'NONE' won't do");
	}

	@Test
	void showsAnEndpointThatIsMadeReadable() throws Exception {
		try (RunningSluice sluice = RunningSluice.start("management.endpoints.web.exposure.include=health,info",
				"management.endpoint.info.access=read-only");
				TestClient client = TestClient.of(sluice.managementUri("").toString())) {
			assertThat(client.get("/actuator/info").statusCode()).isEqualTo(200);
			assertThat(client.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
			assertThat(client.get("/actuator/prometheus").statusCode()).isEqualTo(404);
		}
	}

	@Test
	void takesAll() {
		RunningSluice
			.start("management.endpoints.web.exposure.include=*", "management.endpoints.web.exposure.exclude=env")
			.close();
	}

}
