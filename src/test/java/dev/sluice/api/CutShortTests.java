package dev.sluice.api;

import java.io.IOException;
import java.nio.file.Path;

import dev.sluice.testing.LogCapture;
import dev.sluice.testing.Matching;
import dev.sluice.testing.Misbehaviour;
import dev.sluice.testing.RawAnswer;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestContent;
import dev.sluice.testing.TestRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A failure after the first byte: the client's connection ends short of
 * {@code Content-Length}, and one line of the log says why.
 */
class CutShortTests {

	private static final int SIZE = 12_000_000;

	private static final TestContent BLOB = TestContent.random(SIZE);

	private static TestRegistry registry;

	private static RunningSluice sluice;

	private LogCapture log;

	@BeforeAll
	static void start(@TempDir Path directory) {
		registry = TestRegistry.basic("robot", "s3cret").push("acme/app", BLOB);
		Path config = RunningSluice.dockerConfig(directory, registry.authority(), "robot", "s3cret");
		sluice = RunningSluice.before("registry.example.test", registry, config,
				"sluice.upstreams[0].timeouts.idle=300ms");
	}

	@AfterAll
	static void stop() {
		sluice.close();
		registry.close();
	}

	@BeforeEach
	void capture() {
		this.log = LogCapture.asUsersSeeIt();
	}

	@AfterEach
	void behave() {
		this.log.close();
		registry.behave();
	}

	@Test
	void upstreamThatFallsSilentCutsTheBodyShort() throws IOException {
		registry.misbehave(Matching.get("/blobs/"), Misbehaviour.stallAt(100_000));
		assertCutShort("UpstreamTimedOut", "after 100000 of " + SIZE + " bytes");
	}

	@Test
	void upstreamThatEndsEarlyCutsTheBodyShort() throws IOException {
		registry.misbehave(Matching.get("/blobs/"), Misbehaviour.shortAt(100_000));
		assertCutShort("UpstreamUnreachable", "broke after 100000 of " + SIZE + " bytes");
	}

	@Test
	void upstreamThatResetsCutsTheBodyShort() throws IOException {
		registry.misbehave(Matching.get("/blobs/"), Misbehaviour.resetAt(10_000_000));
		assertCutShort("UpstreamUnreachable", "broke after");
	}

	private void assertCutShort(String... cause) throws IOException {
		RawAnswer answer = RawAnswer.of(sluice.uri(""),
				"GET /v2/registry.example.test/acme/app/blobs/" + BLOB.digest() + " HTTP/1.1");
		assertThat(answer.head()).startsWith("HTTP/1.1 200").containsIgnoringCase("content-length: " + SIZE);
		assertThat(answer.bodyLength()).isLessThan(SIZE);
		String line = this.log.awaitAccessLine(BLOB.digest());
		assertThat(line).contains("status=200", "end=cut-short", "endpoint=" + registry.url(), "docker config",
				"bytes=" + answer.bodyLength());
		assertThat(line).contains(cause);
		assertThat(this.log.entries()).as("nothing but the access line, and no stack trace").hasSize(1);
	}

}
