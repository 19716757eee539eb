package dev.sluice.testing;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;

/**
 * Clients that pull one image after another without a pause until this is closed: a
 * manifest and a blob, of each registry and each of its repositories in turn.
 * Thread-safe.
 */
public final class PullStream implements AutoCloseable {

	private static final int CLIENTS = 4;

	private static final int FAILURES_KEPT = 20;

	private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();

	private final AtomicInteger started = new AtomicInteger();

	private final AtomicInteger pulled = new AtomicInteger();

	private final Queue<String> failures = new ConcurrentLinkedQueue<>();

	private final List<String> registries;

	private final int repositories;

	private final TestImage image;

	private volatile boolean closed;

	private PullStream(List<String> registries, int repositories, TestImage image) {
		this.registries = registries;
		this.repositories = repositories;
		this.image = image;
	}

	/** Starts pulling {@code acme/app0:1}, {@code acme/app1:1} and so on. */
	public static PullStream start(RunningSluice sluice, List<String> registries, int repositories, TestImage image) {
		PullStream stream = new PullStream(registries, repositories, image);
		for (int i = 0; i < CLIENTS; i++) {
			stream.clients.execute(() -> stream.run(sluice.uri("").toString()));
		}
		return stream;
	}

	private void run(String url) {
		try (TestClient client = TestClient.of(url)) {
			while (!this.closed) {
				int number = this.started.getAndIncrement();
				String registry = this.registries.get(number % this.registries.size());
				pull(client, "/v2/" + registry + "/acme/app" + number / this.registries.size() % this.repositories);
			}
		}
	}

	private void pull(TestClient client, String repository) {
		try {
			expect(client.get(repository + "/manifests/1"), this.image.manifest().bytes());
			expect(client.get(repository + "/blobs/" + this.image.layer(0).digest()), this.image.layer(0).bytes());
			this.pulled.incrementAndGet();
		}
		catch (IOException ex) {
			fail(repository + ": " + ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void expect(HttpResponse<byte[]> response, byte[] content) {
		if (response.statusCode() != 200) {
			fail(response.uri() + ": " + response.statusCode() + " " + TestClient.text(response));
		}
		else if (!Arrays.equals(response.body(), content)) {
			fail(response.uri() + ": other content");
		}
	}

	private void fail(String failure) {
		if (this.failures.size() < FAILURES_KEPT) {
			this.failures.add(failure);
		}
	}

	/** How many images were pulled whole. */
	public int pulls() {
		return this.pulled.get();
	}

	/** What went wrong, as the clients saw it. */
	public List<String> failures() {
		return List.copyOf(this.failures);
	}

	/** Waits until that many images were pulled. */
	public void awaitPulls(int count) {
		Awaitility.await().pollInterval(Duration.ofMillis(10)).until(() -> this.pulled.get() >= count);
	}

	/** Lets the pulls that are under way end. */
	@Override
	public void close() {
		this.closed = true;
		this.clients.close();
	}

}
