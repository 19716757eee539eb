package dev.sluice.start;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Map;

import dev.sluice.testing.RunningSluice;
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
 * Whoever fails at a setting, Spring Boot, Reactor Netty, Logback or the JDK: the start
 * says which setting it was, in words that aren't Java's.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class ForeignFailureTests {

	@TempDir
	private Path directory;

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"server.max-http-request-header-size=0 | server.max-http-request-header-size = '0' won't do: expected more than 0",
			"server.max-http-request-header-size=-5KB | = '-5KB' won't do: expected more than 0, and 1MB at most",
			"server.max-http-request-header-size=5GB | = '5GB' won't do: expected more than 0, and 1MB at most",
			"server.netty.max-initial-line-length=-1KB | server.netty.max-initial-line-length = '-1KB' won't do: expected more",
			"server.netty.maxInitialLineLength=5GB | server.netty.maxInitialLineLength = '5GB' won't do: expected more",
			"server.netty.max-keep-alive-requests=0 | server.netty.max-keep-alive-requests = '0' won't do: expected 1 or more, or -1",
			"server.netty.idle-timeout=-5s | server.netty.idle-timeout = '-5s' won't do: it is negative: expected 0 or more",
			"spring.lifecycle.timeout-per-shutdown-phase=-PT5S | = '-PT5S' won't do: it is negative",
			"spring.http.codecs.max-in-memory-size=-1KB | spring.http.codecs.max-in-memory-size = '-1KB' won't do: it is negative",
			"logging.logback.rollingpolicy.max-file-size=10Q | logging.logback.rollingpolicy.max-file-size = '10Q' won't do: expected a size",
			"logging.logback.rollingpolicy.max-history=many | logging.logback.rollingpolicy.max-history = 'many' won't do: expected a whole number",
			"logging.exception-conversion-word=%q{ | logging.exception-conversion-word = '%q{' won't do: expected a pattern",
			"logging.threshold.console=loud | logging.threshold.console = 'loud' won't do: expected trace or debug or info",
			"spring.webflux.format.date=foo | Unknown pattern letter: f; look at what is set of Spring Boot's own: spring.webflux.format.date",
			"management.endpoint.health.group.x.include=nope | Health contributor 'nope' defined in 'management.endpoint.health.group.x.include' does not exist",
			"management.endpoint.health.access=ro | management.endpoint.health.access = 'ro' won't do: expected none or read-only or unrestricted",
			"spring.jmx.enabled=maybe | spring.jmx.enabled = 'maybe' won't do: expected true or false",
			"spring.threads.virtual.enabled=maybe | spring.threads.virtual.enabled = 'maybe' won't do: expected true or false" })
	void namesTheSetting(String property, String line, CapturedOutput output) {
		assertThatException().isThrownBy(() -> RunningSluice.start(property).close());
		assertOneLine(output, line);
	}

	@Test
	void namesTheVariable(CapturedOutput output) {
		assertThatException()
			.isThrownBy(() -> RunningSluice.in(Map.of("SERVER_MAX_HTTP_REQUEST_HEADER_SIZE", "-1B")).close());
		assertOneLine(output, "SERVER_MAX_HTTP_REQUEST_HEADER_SIZE = '-1B' won't do: expected more than 0");
	}

	@Test
	void namesTheRightNameInADocumentOfAFile(CapturedOutput output) throws Exception {
		Path file = WrittenSettings.file(this.directory,
				"sluice: {default-upstream: ghcr.io}\n---\nspring.profiles: prod\n");
		assertThatException().isThrownBy(() -> RunningSluice.start("sluice.config=" + file).close());
		assertOneLine(output,
				"spring.profiles = 'prod' won't do: it has another name: write spring.config.activate.on-profile");
	}

	@Test
	void namesTheUpstreamWhoseAuthorityIsNone(CapturedOutput output) throws Exception {
		byte[] key = KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate().getEncoded();
		Path file = Files.writeString(this.directory.resolve("key.pem"), "-----BEGIN PRIVATE KEY-----\n"
				+ Base64.getMimeEncoder().encodeToString(key) + "\n-----END PRIVATE KEY-----\n");
		assertThatException().isThrownBy(
				() -> RunningSluice
					.start("sluice.upstreams[0].name=a.test", "sluice.upstreams[1].name=b.test",
							"sluice.upstreams[1].tls.certificate-authority=" + file)
					.close());
		assertOneLine(output,
				"upstream b.test: sluice.upstreams[1].tls.certificate-authority: no PEM certificates that can be read in "
						+ file);
	}

	@Test
	void takesTheLeastAndTheMost() {
		RunningSluice
			.start("server.max-http-request-header-size=1MB", "server.netty.max-keep-alive-requests=-1",
					"server.netty.idle-timeout=0", "logging.threshold.console=Info",
					"logging.logback.rollingpolicy.max-file-size=10MB")
			.close();
	}

	private static void assertOneLine(CapturedOutput output, String line) {
		WrittenSettings.assertOneLine(output, line);
		assertThat(output).doesNotContain("java.", "org.springframework", "Argument");
	}

}
