package dev.sluice.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.SSLException;

import dev.sluice.oci.ContentRange;
import dev.sluice.oci.Digest;
import dev.sluice.oci.Provenance;
import dev.sluice.oci.UpstreamException;
import dev.sluice.pull.Body;
import dev.sluice.pull.Notes;
import dev.sluice.pull.Pulled;
import dev.sluice.testing.TestCertificates;
import dev.sluice.testing.TestClient;
import io.netty.buffer.PooledByteBufAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import org.springframework.web.server.ServerWebExchange;

import static dev.sluice.testing.TestClient.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

/**
 * What a client sees of a blob that lies in a file, or comes in there: the slices in
 * order, and every one let go of.
 */
@Timeout(60)
@ParameterizedClass(name = "TLS: {0}")
@ValueSource(booleans = { false, true })
class SlicedBodyTests {

	private static final int LENGTH = 20_000_000;

	private static final byte[] CONTENT = content();

	private static final Digest DIGEST = Digest.of(Digest.Algorithm.SHA256, CONTENT);

	@TempDir
	private static Path certificates;

	private static TestCertificates identity;

	@Parameter
	private boolean tls;

	@TempDir
	private Path directory;

	private FileChannel file;

	private final AtomicInteger held = new AtomicInteger();

	private final RequestRecord record = new RequestRecord();

	private Pulled pulled = whole(Flux.empty());

	private DisposableServer server;

	private TestClient client;

	@BeforeAll
	static void certify() {
		identity = TestCertificates.in(certificates);
	}

	@BeforeEach
	void start() throws IOException {
		this.file = FileChannel.open(Files.write(this.directory.resolve("blob"), CONTENT), StandardOpenOption.READ,
				StandardOpenOption.WRITE);
		HttpServer plain = HttpServer.create().host("127.0.0.1").port(0).handle(Served.by(this::respond));
		this.server = (this.tls ? plain.secure((spec) -> spec.sslContext(identity.server())) : plain).bindNow();
		this.client = this.tls ? TestClient.of("https://localhost:" + this.server.port(),
				HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(identity.trusting()).build())
				: TestClient.of("http://localhost:" + this.server.port());
	}

	private static void ask(Socket socket) throws IOException {
		socket.getOutputStream().write("GET /v2/blob HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
	}

	private void leaveAfter(int bytes) throws IOException {
		try (Socket socket = connect()) {
			ask(socket);
			assertThat(socket.getInputStream().readNBytes(bytes)).hasSize(bytes);
		}
	}

	/** A reset or a close without TLS's farewell is an end, too. */
	private static byte[] restOf(Socket socket) throws IOException {
		ByteArrayOutputStream rest = new ByteArrayOutputStream();
		try {
			socket.getInputStream().transferTo(rest);
		}
		catch (SocketTimeoutException ex) {
			throw ex;
		}
		catch (SocketException | SSLException ex) {
			return rest.toByteArray();
		}
		return rest.toByteArray();
	}

	private Socket connect() throws IOException {
		Socket socket = this.tls ? identity.trusting().getSocketFactory().createSocket("localhost", this.server.port())
				: new Socket("localhost", this.server.port());
		socket.setSoTimeout(5_000);
		return socket;
	}

	@AfterEach
	void stop() throws IOException {
		this.client.close();
		this.server.disposeNow();
		this.file.close();
	}

	@ParameterizedTest
	@ValueSource(longs = { 1_000, 65_536, 20_000_000 })
	void aBlobComesWholeInHoweverManySlices(long size) throws Exception {
		this.pulled = whole(slices(0, LENGTH, size));
		HttpResponse<byte[]> answer = this.client.get("/v2/blob");
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).isEqualTo(CONTENT);
		assertThat(header(answer, "Content-Length")).isEqualTo("20000000");
		assertThat(header(answer, "Docker-Content-Digest")).isEqualTo(DIGEST.toString());
		assertThat(this.client.get("/v2/blob").body()).isEqualTo(CONTENT);
		assertThat(this.held).hasValue(0);
		assertThat(this.record.bytes()).isEqualTo(2 * LENGTH);
	}

	@Test
	void aBlobOfUnknownLengthComesInChunks() throws Exception {
		this.pulled = new Pulled.Blob(DIGEST, OptionalLong.empty(), Optional.empty(), notes(),
				new Body.Sliced(slices(0, LENGTH, 100_000), () -> {
				}));
		HttpResponse<byte[]> answer = this.client.get("/v2/blob");
		assertThat(answer.headers().map()).doesNotContainKey("content-length");
		assertThat(answer.body()).isEqualTo(CONTENT);
	}

	@Test
	void aPartOfABlobComes() throws Exception {
		this.pulled = new Pulled.Blob(DIGEST, OptionalLong.of(1_000_000),
				Optional.of(new ContentRange.Part(500_000, 1_499_999, OptionalLong.of(LENGTH))), notes(),
				new Body.Sliced(slices(500_000, 1_500_000, 70_000), () -> {
				}));
		HttpResponse<byte[]> answer = this.client.get("/v2/blob");
		assertThat(answer.statusCode()).isEqualTo(206);
		assertThat(header(answer, "Content-Range")).isEqualTo("bytes 500000-1499999/20000000");
		assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(CONTENT, 500_000, 1_500_000));
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 100_000, 19_999_999 })
	void theConnectionEndsShortOfABlobThatBreaksOff(long end) {
		this.pulled = whole(
				slices(0, end, 10_000).concatWith(Flux.error(new UpstreamException.InvalidAnswer("wrong"))));
		assertThatIOException().isThrownBy(() -> this.client.get("/v2/blob"));
		await().untilAsserted(() -> assertThat(this.held).hasValue(0));
	}

	@Test
	void aClientThatLeavesHasEverySliceLetGoOf() throws Exception {
		this.pulled = whole(slices(0, LENGTH, 10_000));
		try (Socket socket = connect()) {
			ask(socket);
			assertThat(socket.getInputStream().readNBytes(100_000)).hasSize(100_000);
			assertThat(this.record.bytes()).as("bytes that wait for it").isLessThan(LENGTH);
		}
		await().untilAsserted(() -> assertThat(this.record.isAbandoned()).isTrue());
		await().untilAsserted(() -> assertThat(this.held).hasValue(0));
	}

	@Test
	void whatComesFromElsewhereFollowsWhatIsInTheFile() throws Exception {
		this.pulled = whole(slices(0, 5_000_000, 300_000).concatWith(buffers(5_000_000, LENGTH)));
		assertThat(this.client.get("/v2/blob").body()).isEqualTo(CONTENT);
		assertThat(this.client.get("/v2/blob").body()).isEqualTo(CONTENT);
		assertThat(this.held).hasValue(0);
		assertThat(this.record.bytes()).isEqualTo(2 * LENGTH);
	}

	@Test
	void aClientThatLeavesHasEveryBufferLetGoOf() throws Exception {
		this.pulled = whole(slices(0, 100_000, 50_000).concatWith(buffers(100_000, LENGTH)));
		leaveAfter(300_000);
		await().untilAsserted(() -> assertThat(this.record.isAbandoned()).isTrue());
		await().untilAsserted(() -> assertThat(this.held).hasValue(0));
	}

	/** Its size is looked at only when nothing more can be read. */
	@Test
	void aFileThatIsCutShortUnderASlowClientEndsTheResponseShort() throws Exception {
		this.pulled = whole(slices(0, LENGTH, 1_000_000));
		try (Socket socket = connect()) {
			ask(socket);
			assertThat(socket.getInputStream().readNBytes(10_000)).hasSize(10_000);
			this.file.truncate(LENGTH - 1_000);
			byte[] rest = restOf(socket);
			assertThat(rest).hasSizeLessThan(LENGTH - 10_000);
		}
		await().untilAsserted(() -> assertThat(this.held).hasValue(0));
	}

	private Flux<Body.Piece> buffers(long first, long end) {
		return slices(first, end, 100_000).map((piece) -> {
			piece.release();
			int at = (int) ((Body.Slice) piece).position();
			return new Body.Buffer(
					PooledByteBufAllocator.DEFAULT.buffer().writeBytes(CONTENT, at, (int) piece.count()));
		});
	}

	private Flux<Body.Piece> slices(long first, long end, long size) {
		return Flux.generate(() -> first, (at, sink) -> {
			if (at >= end) {
				sink.complete();
			}
			else {
				sink.next(slice(at, Math.min(size, end - at)));
			}
			return at + size;
		});
	}

	private Body.Piece slice(long position, long count) {
		this.held.incrementAndGet();
		return new Body.Slice(this.file, position, count, this.held::decrementAndGet);
	}

	private static Pulled whole(Flux<Body.Piece> slices) {
		return new Pulled.Blob(DIGEST, OptionalLong.of(LENGTH), Optional.empty(), notes(),
				new Body.Sliced(slices, () -> {
				}));
	}

	private Mono<Void> respond(ServerWebExchange exchange) {
		PulledWriter writer = new PulledWriter(Duration.ofSeconds(10), Schedulers.boundedElastic());
		ClientRequest request = new ClientRequest(exchange.getRequest());
		return writer.write(exchange, request, this.pulled, this.record)
			.onErrorResume((failure) -> new ErrorWriter().write(exchange, failure, this.record));
	}

	private static Notes notes() {
		return new Notes(Provenance.NOWHERE, List.of(), Optional.empty(), Optional.empty(), Optional.empty(),
				Optional.empty());
	}

	private static byte[] content() {
		byte[] content = new byte[LENGTH];
		new Random(7).nextBytes(content);
		return content;
	}

}
