package dev.sluice.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import dev.sluice.testing.Listener;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestCertificates;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestRegistry;
import dev.sluice.testing.TokenServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code doctor}: a row for each upstream and image, each problem in full, and an exit
 * status.
 */
class DoctorTests {

	private static final String NAME = "corp.example.test";

	private static final String PASSWORD = "pa55word-s3cret";

	@TempDir
	private Path directory;

	@Test
	void showsWhatIsWell() {
		try (TokenServer tokens = TokenServer.start().user("robot", PASSWORD, "acme/*");
				TestRegistry registry = TestRegistry.token(tokens).push("acme/app", "1", TestImage.random())) {
			CommandRun run = doctor(registry, PASSWORD, NAME + "/acme/app:1");
			assertThat(run.line(NAME + " ")).containsPattern("[\\d.]+ m?s +none: http  docker config .*config.json \\("
					+ registry.authority() + "\\)  Bearer localhost:\\d+  in [\\d.]+ m?s +login accepted");
			assertThat(run.line(NAME + "/acme/app:1")).contains("docker config").endsWith("pull");
			assertThat(run.output()).contains("All is well.").doesNotContain("FAILED", PASSWORD);
			assertThat(run.status()).isZero();
		}
	}

	@Test
	void aRejectedCredentialFailsAndIsNamedWithoutItsSecret() {
		try (TokenServer tokens = TokenServer.start().user("robot", "another", "acme/*");
				TestRegistry registry = TestRegistry.token(tokens)) {
			CommandRun run = doctor(registry, PASSWORD);
			assertThat(run.line(NAME)).contains("FAILED: docker config", "refused: 401", "FAILED: refused");
			assertThat(run.line("FAILED " + NAME)).contains(tokens.url(), "refused the credential", "docker config");
			assertThat(run.output()).contains("1 of 1 failed.").doesNotContain(PASSWORD);
			assertThat(run.status()).isOne();
		}
	}

	@Test
	void oneDeadUpstreamHidesNoOther() {
		String dead;
		try (TestRegistry gone = TestRegistry.open()) {
			dead = gone.url();
		}
		try (TestRegistry registry = TestRegistry.open()) {
			CommandRun run = CommandRun.of("doctor", "--sluice.default-upstream=" + NAME,
					"--sluice.upstreams[0].name=" + NAME, "--sluice.upstreams[0].endpoints=" + registry.url(),
					"--sluice.upstreams[1].name=dead.example.test", "--sluice.upstreams[1].endpoints=" + dead);
			assertThat(run.line(NAME)).contains("none", "all: asks for no login");
			assertThat(run.line("dead.example.test")).contains("FAILED: no");
			assertThat(run.line("FAILED dead.example.test")).contains(dead, "connection refused");
			assertThat(run.output()).contains("1 of 2 failed.");
			assertThat(run.status()).isOne();
		}
	}

	@Test
	void tellsTheCertificatesDaysAndWhatIsWrongWithIt() {
		TestCertificates certificates = TestCertificates.in(this.directory);
		try (TestRegistry registry = TestRegistry.open(Listener.localhost().secured(certificates.server()))) {
			CommandRun untrusted = CommandRun.of("doctor", "--sluice.default-upstream=" + NAME,
					"--sluice.upstreams[0].name=" + NAME, "--sluice.upstreams[0].endpoints=" + registry.url());
			assertThat(untrusted.line(NAME)).contains("FAILED: no");
			assertThat(untrusted.line("FAILED " + NAME)).contains("certificate not trusted", "certificate-authority");
			CommandRun trusted = CommandRun.of("doctor", "--sluice.default-upstream=" + NAME,
					"--sluice.upstreams[0].name=" + NAME, "--sluice.upstreams[0].endpoints=" + registry.url(),
					"--sluice.upstreams[0].tls.certificate-authority=" + certificates.authorityFile());
			assertThat(trusted.line(NAME)).containsPattern("TLSv1\\.3, \\d+ days");
			assertThat(trusted.status()).isZero();
		}
	}

	@Test
	void imagesThatCannotBePulledFailEachForItsReason() {
		try (TokenServer tokens = TokenServer.start().user("robot", PASSWORD, "acme/*");
				TestRegistry registry = TestRegistry.token(tokens).push("acme/app", "1", TestImage.random())) {
			CommandRun run = doctor(registry, PASSWORD, NAME + "/acme/app:2", NAME + "/other/app:1",
					"nowhere.example.test/a:1", "A//b");
			assertThat(run.line(NAME + "/acme/app:2")).contains("FAILED: not found");
			assertThat(run.line(NAME + "/other/app:1")).contains("FAILED: denied");
			assertThat(run.line("nowhere.example.test/a:1")).contains("FAILED: not listed");
			assertThat(run.line("FAILED nowhere.example.test/a:1")).contains("sluice.upstreams");
			assertThat(run.line("A//b")).contains("FAILED: no image");
			assertThat(run.output()).contains("4 of 5 failed.");
			assertThat(run.status()).isOne();
		}
	}

	@Test
	void jsonIsForMachines() {
		try (TestRegistry registry = TestRegistry.basic("robot", PASSWORD)) {
			CommandRun run = doctor(registry, PASSWORD, "--json");
			JsonNode checkup = new JsonMapper().readTree(run.output());
			assertThat(checkup.path("good").asBoolean()).isTrue();
			JsonNode check = checkup.path("checks").path(0);
			assertThat(check.path("subject").asString()).isEqualTo(NAME);
			assertThat(check.path("challenge").path("text").asString()).isEqualTo("Basic");
			assertThat(check.path("permission").path("level").asString()).isEqualTo("ok");
			assertThat(run.output()).doesNotContain(PASSWORD);
		}
	}

	@Test
	void aCredentialFileThatCannotBeReadFails() throws Exception {
		Path broken = Files.writeString(this.directory.resolve("broken.json"), "{\"auths\":{");
		try (TestRegistry registry = TestRegistry.open()) {
			CommandRun run = CommandRun.of("doctor", "--sluice.default-upstream=" + NAME,
					"--sluice.upstreams[0].name=" + NAME, "--sluice.upstreams[0].endpoints=" + registry.url(),
					"--sluice.credentials.docker-config=" + broken);
			assertThat(run.line("FAILED docker config " + broken)).contains("line 1");
			assertThat(run.status()).isOne();
		}
	}

	@ExtendWith(OutputCaptureExtension.class)
	@Test
	void aWrongSettingIsToldInOneLineAndNoStackTrace(CapturedOutput log) {
		CommandRun run = CommandRun.of("doctor", "--sluice.nonsense=1");
		assertThat(run.status()).isOne();
		assertThat(run.output()).isEmpty();
		assertThat(log).contains("sluice.nonsense = '1' won't do: there is no such property")
			.doesNotContain("\tat ", "Exception");
	}

	private CommandRun doctor(TestRegistry registry, String password, String... more) {
		Path config = RunningSluice.dockerConfig(this.directory, registry.authority(), "robot", password);
		String[] all = { "doctor", "--sluice.default-upstream=" + NAME, "--sluice.upstreams[0].name=" + NAME,
				"--sluice.upstreams[0].endpoints=" + registry.url(),
				"--sluice.upstreams[0].credential-host=" + registry.authority(),
				"--sluice.credentials.docker-config=" + config };
		return CommandRun.of(Stream.concat(Stream.of(all), Stream.of(more)).toArray(String[]::new));
	}

}
