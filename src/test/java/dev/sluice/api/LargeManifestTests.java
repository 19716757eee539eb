package dev.sluice.api;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

import dev.sluice.testing.Matching;
import dev.sluice.testing.Misbehaviour;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import static dev.sluice.testing.TestClient.text;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Manifests and lists of referrers of megabytes: neither do they keep an event loop from
 * its other clients, nor do they become many times their size.
 */
@Timeout(60)
class LargeManifestTests {

	private static final int LARGEST = 4 * 1024 * 1024;

	private static final RecordedWork WORK = new RecordedWork(Schedulers.newParallel("manifests", 2));

	private static final String NAME = "registry.test";

	private static TestRegistry registry;

	private static RunningSluice sluice;

	private static TestClient client;

	@BeforeAll
	static void start() {
		registry = TestRegistry.open();
		sluice = RunningSluice.with(Scheduler.class, WORK, "sluice.upstreams[0].name=" + NAME,
				"sluice.upstreams[0].endpoints=" + registry.url());
		client = TestClient.of(sluice.uri("").toString());
	}

	@AfterAll
	static void stop() {
		client.close();
		sluice.close();
		registry.close();
		WORK.work().dispose();
	}

	@BeforeEach
	void forget() {
		WORK.tasks().clear();
	}

	@AfterEach
	void behave() {
		registry.behave();
	}

	@ParameterizedTest
	@ValueSource(strings = { "manifests/1",
			"referrers/sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" })
	void areExaminedAsideFromTheEventLoops(String path) throws Exception {
		answer("{\"manifests\":[" + " ".repeat(64 * 1024) + "]}");
		assertThat(client.get("/v2/registry.test/acme/app/" + path).statusCode()).isEqualTo(200);
		assertThat(WORK.tasks()).hasSize(1);
		answer("{\"manifests\":[" + " ".repeat(63 * 1024) + "]}");
		assertThat(client.get("/v2/registry.test/acme/app/" + path).statusCode()).isEqualTo(200);
		assertThat(WORK.tasks()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{},", "[],", "[[],", "{\"a\":", "\"\",", "1,", "{\"mediaType\":[" })
	void ofMillionsOfValuesAreHandedOnManyAtATime(String part) throws Exception {
		String body = "[" + part.repeat(LARGEST / part.length() - 1);
		answer(body);
		List<CompletableFuture<HttpResponse<byte[]>>> asked = Stream
			.generate(() -> client.getAsync("/v2/registry.test/acme/app/manifests/1"))
			.limit(8)
			.toList();
		for (CompletableFuture<HttpResponse<byte[]>> answer : asked) {
			assertThat(answer.get().statusCode()).isEqualTo(200);
			assertThat(answer.get().body()).hasSize(body.length());
		}
	}

	@Test
	void ofMillionsOfReferrersAreHandedOn() throws Exception {
		String part = "{\"digest\":\"x\"},";
		String body = "{\"manifests\":[" + part.repeat(LARGEST / part.length() - 2) + "{}]}";
		answer(body);
		String path = "/v2/registry.test/acme/app/referrers/sha256:" + "0".repeat(64);
		assertThat(text(client.get(path))).isEqualTo(body);
	}

	private static void answer(String body) {
		registry.behave();
		registry.misbehave(Matching.any(), Misbehaviour.answer(200, "application/json", body));
	}

	/** Counts what is done aside. */
	private record RecordedWork(Scheduler work, Queue<Runnable> tasks) implements Scheduler {

		RecordedWork(Scheduler work) {
			this(work, new ConcurrentLinkedQueue<>());
		}

		@Override
		public Disposable schedule(Runnable task) {
			this.tasks.add(task);
			return this.work.schedule(task);
		}

		@Override
		public Worker createWorker() {
			return this.work.createWorker();
		}

	}

}
