package dev.sluice.api;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import dev.sluice.testing.ByteSource;
import dev.sluice.testing.Gate;
import dev.sluice.testing.Matching;
import dev.sluice.testing.Misbehaviour;
import dev.sluice.testing.PrivateRegistry;
import dev.sluice.testing.TestContent;
import dev.sluice.testing.TestImage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that leave, and clients that are slow: the upstream notices.
 */
@Timeout(60)
class LeavingClientTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private static final long SIZE = 256L * 1024 * 1024;

	/**
	 * What the kernel itself may hold on the way, by Linux' own bounds: 32 MiB that
	 * Sluice hasn't read (tcp_rmem), twice 4 MiB that weren't taken over (tcp_wmem); and
	 * Sluice's few buffers. Without back-pressure all 256 MiB are read.
	 */
	private static final long READ_AHEAD = 48L * 1024 * 1024;

	private static final int CLIENT_WINDOW = 64 * 1024;

	private static final CountedBytes BYTES = new CountedBytes(TestContent.generated(SIZE, 11).source());

	private static final TestContent BLOB = TestContent.of(BYTES);

	private static PrivateRegistry upstream;

	@BeforeAll
	static void start(@TempDir Path directory) {
		upstream = PrivateRegistry.start(directory);
		upstream.registry().push("acme/app", BLOB).push("acme/app", "1", TestImage.random());
	}

	@AfterAll
	static void stop() {
		upstream.close();
	}

	@AfterEach
	void behave() {
		upstream.registry().behave();
		upstream.registry().requests().clear();
	}

	@Test
	void cancelsTheUpstreamsBodyWhenTheClientLeavesInTheMiddle() throws Exception {
		try (Socket client = ask("/v2/acme/app/blobs/" + BLOB.digest())) {
			client.getInputStream().readNBytes(1_000_000);
		}
		upstream.registry().awaitCancelled("/blobs/", SOON);
	}

	@Test
	void cancelsTheUpstreamsBodyWhenItStallsAndTheClientLeaves() throws Exception {
		upstream.registry().misbehave(Matching.blobs(), Misbehaviour.stallAt(100_000, new Gate()));
		try (Socket client = ask("/v2/acme/app/blobs/" + BLOB.digest())) {
			client.getInputStream().readNBytes(100_000);
		}
		upstream.registry().awaitCancelled("/blobs/", SOON);
	}

	@Test
	void cancelsTheUpstreamsRequestWhenTheClientLeavesBeforeTheHeaders() throws Exception {
		upstream.registry()
			.misbehave(Matching.manifests().and(Matching.authorized()), Misbehaviour.heldUntil(new Gate()));
		try (Socket client = ask("/v2/acme/app/manifests/1")) {
			upstream.registry()
				.requests()
				.awaitCount(Matching.manifests().and(Matching.authorized()), 1, Duration.ofSeconds(10));
			client.shutdownOutput();
		}
		upstream.registry().awaitCancelled("/manifests/", SOON);
	}

	@Test
	void readsNoFurtherAheadThanTheClientIsSlow() throws Exception {
		BYTES.read.set(0);
		try (Socket client = ask("/v2/acme/app/blobs/" + BLOB.digest())) {
			client.getInputStream().readNBytes(1_000_000);
			assertThat(readUntilItRests()).isLessThan(READ_AHEAD);
			client.getInputStream().readNBytes(32 * 1024 * 1024);
			assertThat(readUntilItRests()).isBetween(32L * 1024 * 1024, 33L * 1024 * 1024 + READ_AHEAD);
		}
		upstream.registry().awaitCancelled("/blobs/", SOON);
	}

	/**
	 * What the registry has given, once it hasn't been asked for more in half a second.
	 */
	private static long readUntilItRests() {
		AtomicLong last = new AtomicLong(-1);
		Awaitility.await()
			.pollInterval(Duration.ofMillis(500))
			.atMost(Duration.ofSeconds(30))
			.until(() -> last.getAndSet(BYTES.read.get()) == BYTES.read.get());
		return last.get();
	}

	private static Socket ask(String path) throws IOException {
		Socket client = new Socket();
		client.setReceiveBufferSize(CLIENT_WINDOW);
		client.connect(new InetSocketAddress("127.0.0.1", upstream.sluice().uri("").getPort()));
		client.getOutputStream()
			.write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
		return client;
	}

	/** Bytes that count how many of them were read. */
	private record CountedBytes(ByteSource source, AtomicLong read) implements ByteSource {

		CountedBytes(ByteSource source) {
			this(source, new AtomicLong());
		}

		@Override
		public long size() {
			return this.source.size();
		}

		@Override
		public byte[] read(long offset, int length) {
			this.read.addAndGet(length);
			return this.source.read(offset, length);
		}

	}

}
