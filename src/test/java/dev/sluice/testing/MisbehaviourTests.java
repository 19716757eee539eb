package dev.sluice.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static dev.sluice.testing.TestClient.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Proves that servers fail as told, and see when clients give up.
 */
@Timeout(60)
class MisbehaviourTests {

	private static final Duration LIMIT = Duration.ofSeconds(5);

	private final TestImage image = TestImage.random();

	private TestRegistry registry;

	private TestClient client;

	@BeforeEach
	void start() {
		this.registry = TestRegistry.open().push("acme/app", "1", this.image);
		this.client = TestClient.of(this.registry.url());
	}

	@AfterEach
	void stop() {
		this.client.close();
		this.registry.close();
	}

	@Test
	void ignoresRangeWhenTold() throws Exception {
		this.registry.misbehave(Matching.blobs(), Misbehaviour.ignoreRange());
		assertThat(this.client.get(path(this.image.layer(0)), "Range", "bytes=5-").statusCode()).isEqualTo(200);
	}

	@Test
	void misbehavesAsOftenAsToldAndThenBehaves() throws Exception {
		this.registry.misbehave(Matching.manifests(), 2, Misbehaviour.tooManyRequests(7));
		HttpResponse<byte[]> refused = this.client.get("/v2/acme/app/manifests/1");
		assertThat(refused.statusCode()).isEqualTo(429);
		assertThat(header(refused, "Retry-After")).isEqualTo("7");
		assertThat(this.client.get("/v2/acme/app/manifests/1").statusCode()).isEqualTo(429);
		assertThat(this.client.get("/v2/acme/app/manifests/1").statusCode()).isEqualTo(200);
	}

	@Test
	void altersHeadersAndBodiesWhenTold() throws Exception {
		this.registry.misbehave(Matching.head("/manifests/"),
				Misbehaviour.without("Docker-Content-Digest", "Content-Length"));
		HttpResponse<byte[]> head = this.client.head("/v2/acme/app/manifests/1");
		assertThat(head.statusCode()).isEqualTo(200);
		assertThat(head.headers().map()).doesNotContainKeys("docker-content-digest", "content-length");
		this.registry.misbehave(Matching.get("/manifests/"), 1, Misbehaviour.wrongDigestHeader());
		assertThat(header(this.client.get("/v2/acme/app/manifests/1"), "Docker-Content-Digest"))
			.isNotEqualTo(this.image.digest());
		this.registry.misbehave(Matching.get("/manifests/"), 1, Misbehaviour.flipByteAt(3));
		assertThat(this.client.get("/v2/acme/app/manifests/1").body()).isNotEqualTo(this.image.manifest().bytes());
		this.registry.misbehave(Matching.get("/manifests/"), 1, Misbehaviour.paddedTo(5_000_000));
		assertThat(this.client.get("/v2/acme/app/manifests/1").body()).hasSize(5_000_000);
		this.registry.misbehave(Matching.get("/manifests/"), 1, Misbehaviour.gzipped());
		assertThat(header(this.client.get("/v2/acme/app/manifests/1"), "Content-Encoding")).isEqualTo("gzip");
		this.registry.misbehave(Matching.get("/manifests/"), 1, Misbehaviour.extraHeaders(Map.of("Set-Cookie", "a=b")));
		assertThat(header(this.client.get("/v2/acme/app/manifests/1"), "Set-Cookie")).isEqualTo("a=b");
	}

	@Test
	void breaksBodiesWhenTold() throws Exception {
		TestContent blob = TestContent.random(1_000_000);
		this.registry.push("acme/app", blob);
		for (Misbehaviour fault : List.of(Misbehaviour.shortAt(300_000), Misbehaviour.resetAt(300_000))) {
			this.registry.misbehave(Matching.blobs(), 1, fault);
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.client.get(path(blob)));
			assertThat(this.registry.requests().cancelledCount(Matching.any())).isZero();
		}
		assertThat(this.client.get(path(blob)).body()).isEqualTo(blob.bytes());
	}

	@Test
	void sendsUpToTheFaultBeforeItBreaks() throws Exception {
		TestContent blob = TestContent.random(1_000_000);
		this.registry.push("acme/app", blob);
		this.registry.misbehave(Matching.blobs(), 1, Misbehaviour.shortAt(300_000));
		byte[] received = raw("GET " + path(blob) + " HTTP/1.1\r\nHost: test\r\n\r\n");
		assertThat(new String(received, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT))
			.contains("content-length: 1000000");
		assertThat(Arrays.copyOfRange(received, received.length - 300_000, received.length))
			.isEqualTo(Arrays.copyOf(blob.bytes(), 300_000));
		assertThat(received[received.length - 300_001]).isEqualTo((byte) '\n');
	}

	@Test
	void stallsWithinTheBodyUntilTheGateOpens() throws Exception {
		TestContent blob = TestContent.random(200_000);
		Gate gate = new Gate();
		this.registry.push("acme/app", blob).misbehave(Matching.blobs(), Misbehaviour.stallAt(100_000, gate));
		HttpResponse<InputStream> response = this.client.stream(path(blob));
		try (InputStream body = response.body()) {
			assertThat(body.readNBytes(100_000)).hasSize(100_000);
			gate.open();
			assertThat(body.readAllBytes()).hasSize(100_000);
		}
	}

	@Test
	void holdsHeadersUntilTheGateOpens() throws Exception {
		Gate gate = new Gate();
		this.registry.misbehave(Matching.manifests(), Misbehaviour.heldUntil(gate));
		CompletableFuture<HttpResponse<byte[]>> response = this.client.getAsync("/v2/acme/app/manifests/1");
		this.registry.requests().awaitCount(Matching.manifests(), 1, LIMIT);
		assertThat(response).isNotDone();
		gate.open();
		assertThat(response.get().statusCode()).isEqualTo(200);
	}

	@Test
	void seesThatTheClientGaveUpBeforeHeaders() {
		this.registry.misbehave(Matching.manifests(), Misbehaviour.heldUntil(new Gate()));
		TestClient leaving = TestClient.of(this.registry.url());
		CompletableFuture<HttpResponse<byte[]>> response = leaving.getAsync("/v2/acme/app/manifests/1");
		this.registry.requests().awaitCount(Matching.manifests(), 1, LIMIT);
		leaving.close();
		this.registry.awaitCancelled("/manifests/1", LIMIT);
		assertThat(response).failsWithin(LIMIT);
	}

	@Test
	void seesThatTheClientGaveUpWithinTheBody() throws Exception {
		TestContent big = TestContent.generated(100L * 1024 * 1024, 1);
		this.registry.push("acme/app", big);
		HttpResponse<InputStream> response = this.client.stream(path(big));
		response.body().readNBytes(10);
		assertThat(this.registry.requests().cancelledCount(Matching.any())).isZero();
		response.body().close();
		this.registry.awaitCancelled(big.digest(), LIMIT);
	}

	@Test
	void comesBackOnTheSamePortAfterAnOutage() throws Exception {
		this.registry.down();
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.client.get("/v2/"));
		this.registry.up();
		assertThat(this.client.get("/v2/").statusCode()).isEqualTo(200);
	}

	@Test
	void hangsUpBeforeAnyAnswerWhenTold() throws Exception {
		this.registry.misbehave(Matching.manifests(), Misbehaviour.hangUp());
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.client.get("/v2/acme/app/manifests/1"));
		assertThat(this.registry.requests().cancelledCount(Matching.any())).isZero();
	}

	@Test
	void sendsHeadersBeforeItStallsAtTheFirstByte() throws Exception {
		this.registry.misbehave(Matching.blobs(), Misbehaviour.stallAt(0));
		HttpResponse<InputStream> response = this.client.stream(path(this.image.layer(0)));
		assertThat(response.statusCode()).isEqualTo(200);
		response.body().close();
		this.registry.awaitCancelled("/blobs/", LIMIT);
	}

	@Test
	void answersLateWhenTold() throws Exception {
		this.registry.misbehave(Matching.any(), Misbehaviour.late(Duration.ofMillis(200)));
		long start = System.nanoTime();
		assertThat(this.client.get("/v2/").statusCode()).isEqualTo(200);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
	}

	@Test
	void forgetsMisbehaviourWhenToldToBehave() throws Exception {
		this.registry.misbehave(Matching.any(), Misbehaviour.htmlPage());
		assertThat(header(this.client.get("/v2/"), "Content-Type")).startsWith("text/html");
		this.registry.behave();
		assertThat(header(this.client.get("/v2/"), "Content-Type")).isEqualTo("application/json");
	}

	@Test
	void sendsNoFurtherThanTheClientReads() throws Exception {
		AtomicLong furthest = new AtomicLong();
		ByteSource source = TestContent.random(256L << 20).source();
		TestContent watched = TestContent.of(new WatchedSource(source, furthest));
		this.registry.push("acme/app", watched);
		furthest.set(0);
		try (InputStream body = this.client.stream(path(watched)).body()) {
			assertThat(body.read()).isNotNegative();
			Awaitility.await().during(Duration.ofMillis(500)).atMost(LIMIT).until(furthest::get, (_) -> true);
			assertThat(furthest.get()).isPositive().isLessThan(64L << 20);
		}
	}

	/** What arrives until the server closes the connection. */
	private byte[] raw(String request) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.registry.port())) {
			socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
			return socket.getInputStream().readAllBytes();
		}
	}

	private static String path(TestContent blob) {
		return "/v2/acme/app/blobs/" + blob.digest();
	}

	/** Remembers how far it was read. */
	private record WatchedSource(ByteSource source, AtomicLong furthest) implements ByteSource {

		@Override
		public long size() {
			return this.source.size();
		}

		@Override
		public byte[] read(long offset, int length) {
			this.furthest.accumulateAndGet(offset + length, Math::max);
			return this.source.read(offset, length);
		}

	}

}
