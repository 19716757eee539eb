package dev.sluice.web;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.sluice.oci.ContentRange;
import dev.sluice.oci.Digest;
import dev.sluice.oci.HeldBytes;
import dev.sluice.oci.MediaTypes;
import dev.sluice.oci.Provenance;
import dev.sluice.oci.RedirectKind;
import dev.sluice.pull.Body;
import dev.sluice.pull.Notes;
import dev.sluice.pull.Pulled;
import dev.sluice.testing.TestClient;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import org.springframework.web.server.ServerWebExchange;

import static dev.sluice.testing.TestClient.header;
import static dev.sluice.testing.TestClient.text;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a client sees of each kind of thing that was pulled.
 */
@Timeout(30)
class PulledWriterTests {

	private static final String TEXT = "0123456789";

	private static final Digest DIGEST = Digest.of(Digest.Algorithm.SHA256, TEXT.getBytes(StandardCharsets.UTF_8));

	private static final String TAG = '"' + DIGEST.toString() + '"';

	private static final Notes NONE = notes(Optional.empty());

	private final PulledWriter writer = new PulledWriter(Duration.ofSeconds(10), Schedulers.boundedElastic());

	private final AtomicBoolean released = new AtomicBoolean();

	private Pulled pulled = new Pulled.Local(MediaTypes.JSON, "{}");

	private final DisposableServer server = HttpServer.create()
		.host("127.0.0.1")
		.port(0)
		.handle(Served.by(this::respond))
		.bindNow();

	private final TestClient client = TestClient.of("http://127.0.0.1:" + this.server.port());

	@AfterEach
	void stop() {
		this.client.close();
		this.server.disposeNow();
	}

	@Test
	void sendsAWholeBlob() throws Exception {
		this.pulled = new Pulled.Blob(DIGEST, OptionalLong.of(10), Optional.empty(), NONE, streamed(TEXT));
		HttpResponse<byte[]> answer = this.client.get("/v2/blob");
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(text(answer)).isEqualTo(TEXT);
		assertThat(header(answer, "Content-Length")).isEqualTo("10");
		assertThat(header(answer, "Content-Type")).isEqualTo("application/octet-stream");
		assertThat(header(answer, "Accept-Ranges")).isEqualTo("bytes");
		assertThat(header(answer, "Docker-Content-Digest")).isEqualTo(DIGEST.toString());
		assertThat(header(answer, "ETag")).isEqualTo(TAG);
		assertThat(answer.headers().map()).doesNotContainKey("content-range");
	}

	@Test
	void sendsABlobOfUnknownLength() throws Exception {
		this.pulled = new Pulled.Blob(DIGEST, OptionalLong.empty(), Optional.empty(), NONE, streamed(TEXT));
		HttpResponse<byte[]> answer = this.client.get("/v2/blob");
		assertThat(text(answer)).isEqualTo(TEXT);
		assertThat(answer.headers().map()).doesNotContainKey("content-length");
	}

	@ParameterizedTest
	@CsvSource({ "10, bytes 2-4/10", ", bytes 2-4/*" })
	void saysWhichPartOfABlobItSends(Long whole, String said) throws Exception {
		OptionalLong length = (whole != null) ? OptionalLong.of(whole) : OptionalLong.empty();
		this.pulled = new Pulled.Blob(DIGEST, OptionalLong.of(3), Optional.of(new ContentRange.Part(2, 4, length)),
				NONE, streamed("234"));
		HttpResponse<byte[]> answer = this.client.get("/v2/blob");
		assertThat(answer.statusCode()).isEqualTo(206);
		assertThat(header(answer, "Content-Range")).isEqualTo(said);
		assertThat(header(answer, "Content-Length")).isEqualTo("3");
		assertThat(text(answer)).isEqualTo("234");
	}

	@Test
	void describesByHeadAndLetsGoOfTheBody() throws Exception {
		this.pulled = new Pulled.Blob(DIGEST, OptionalLong.of(10), Optional.empty(), NONE, streamed(TEXT));
		HttpResponse<byte[]> answer = this.client.head("/v2/blob");
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(header(answer, "Content-Length")).isEqualTo("10");
		assertThat(this.released).isTrue();
	}

	@Test
	void doesNotSendWhatTheClientHasAndLetsGoOfTheBody() throws Exception {
		this.pulled = new Pulled.Blob(DIGEST, OptionalLong.of(10), Optional.empty(), NONE, streamed(TEXT));
		HttpResponse<byte[]> answer = this.client.get("/v2/blob", "If-None-Match", TAG);
		assertThat(answer.statusCode()).isEqualTo(304);
		assertThat(header(answer, "ETag")).isEqualTo(TAG);
		assertThat(header(answer, "Docker-Content-Digest")).isEqualTo(DIGEST.toString());
		assertThat(answer.headers().map()).doesNotContainKeys("content-type", "content-range", "accept-ranges");
		assertThat(this.released).isTrue();
	}

	@Test
	void sendsAManifestWithItsOwnType() throws Exception {
		this.pulled = new Pulled.Manifest(DIGEST, MediaTypes.OCI_MANIFEST, 10, NONE, held(TEXT));
		HttpResponse<byte[]> answer = this.client.get("/v2/manifest");
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(text(answer)).isEqualTo(TEXT);
		assertThat(header(answer, "Content-Type")).isEqualTo(MediaTypes.OCI_MANIFEST);
		assertThat(header(answer, "Content-Length")).isEqualTo("10");
		assertThat(header(answer, "Docker-Content-Digest")).isEqualTo(DIGEST.toString());
		assertThat(answer.headers().map()).doesNotContainKey("accept-ranges");
		assertThat(this.client.get("/v2/manifest", "If-None-Match", "*").statusCode()).isEqualTo(304);
		assertThat(this.client.get("/v2/manifest", "If-None-Match", "\"another\"").statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@CsvSource({ "MOVED_PERMANENTLY,301", "FOUND,302", "SEE_OTHER,303", "TEMPORARY,307", "PERMANENT,308" })
	void leadsElsewhereAsTheUpstreamDidEvenWhoeverHasTheBlob(RedirectKind kind, int status) throws Exception {
		this.pulled = new Pulled.Elsewhere(DIGEST, kind, "https://blobs.test/1?signed=2", NONE);
		HttpResponse<byte[]> answer = this.client.get("/v2/blob", "If-None-Match", TAG);
		assertThat(answer.statusCode()).isEqualTo(status);
		assertThat(header(answer, "Location")).isEqualTo("https://blobs.test/1?signed=2");
		assertThat(header(answer, "Content-Length")).isEqualTo("0");
		assertThat(header(answer, "Docker-Content-Digest")).isEqualTo(DIGEST.toString());
	}

	@Test
	void leadsToTheNextPageOfAListByTheClientsOwnPath() throws Exception {
		this.pulled = new Pulled.Listing(MediaTypes.JSON, OptionalLong.of(10), notes(Optional.of("last=b&n=2")),
				streamed(TEXT));
		HttpResponse<byte[]> answer = this.client.get("/v2/acme/app/tags/list?n=2&ns=registry.test");
		assertThat(header(answer, "Content-Type")).isEqualTo("application/json");
		assertThat(header(answer, "Link"))
			.isEqualTo("</v2/acme/app/tags/list?last=b&n=2&ns=registry.test>; rel=\"next\"");
		assertThat(header(answer, "OCI-Namespace")).isEqualTo("registry.test");
		assertThat(answer.headers().map()).doesNotContainKeys("etag", "docker-content-digest");
	}

	@Test
	void sendsAnAnswerOfItsOwn() throws Exception {
		HttpResponse<byte[]> answer = this.client.get("/v2/");
		assertThat(text(answer)).isEqualTo("{}");
		assertThat(header(answer, "Content-Type")).isEqualTo("application/json");
		assertThat(header(answer, "Docker-Distribution-Api-Version")).isEqualTo("registry/2.0");
		assertThat(header(answer, "Content-Length")).isEqualTo("2");
	}

	@Test
	void passesOnWhatTheUpstreamSaysBesideIt() throws Exception {
		Notes notes = new Notes(Provenance.NOWHERE, List.of("299 - \"old\"", "299 - \"older\""),
				Optional.of("max-age=60"), Optional.of("Tue, 03 Nov 2026 10:00:00 GMT"), Optional.of("artifactType"),
				Optional.empty());
		this.pulled = new Pulled.Listing(MediaTypes.OCI_INDEX, OptionalLong.of(10), notes, held(TEXT));
		HttpResponse<byte[]> answer = this.client.get("/v2/referrers");
		assertThat(answer.headers().allValues("Warning")).containsExactly("299 - \"old\"", "299 - \"older\"");
		assertThat(header(answer, "Cache-Control")).isEqualTo("max-age=60");
		assertThat(header(answer, "Last-Modified")).isEqualTo("Tue, 03 Nov 2026 10:00:00 GMT");
		assertThat(header(answer, "OCI-Filters-Applied")).isEqualTo("artifactType");
	}

	private Mono<Void> respond(ServerWebExchange exchange) {
		return this.writer.write(exchange, new ClientRequest(exchange.getRequest()), this.pulled, new RequestRecord());
	}

	private Body streamed(String text) {
		return new Body.Streamed(
				Flux.defer(() -> Flux.just(Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8)))),
				() -> this.released.set(true));
	}

	private static Body.Held held(String text) {
		return new Body.Held(HeldBytes.of(text.getBytes(StandardCharsets.UTF_8)));
	}

	private static Notes notes(Optional<String> nextPage) {
		return new Notes(Provenance.NOWHERE, List.of(), Optional.empty(), Optional.empty(), Optional.empty(), nextPage);
	}

}
