package dev.sluice.pull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import dev.sluice.oci.ByteRange;
import dev.sluice.oci.ContentRange;
import dev.sluice.oci.Digest;
import dev.sluice.oci.RequestException;
import dev.sluice.oci.UpstreamException;
import dev.sluice.store.Store;
import dev.sluice.store.StoreLimits;
import dev.sluice.store.disk.StoreDirectory;
import dev.sluice.testing.Answer;
import dev.sluice.testing.ByteSource;
import dev.sluice.testing.Matching;
import dev.sluice.testing.ScriptedUpstream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What comes of asking for a blob where there is a store, and what it costs the upstream.
 */
class StorePullTests {

	private static final String TEXT = "0123456789";

	private static final Digest DIGEST = Digest.of(Digest.Algorithm.SHA256, TEXT.getBytes(StandardCharsets.US_ASCII));

	private static final Duration SOON = Duration.ofSeconds(20);

	@TempDir
	private Path root;

	private Store store;

	private ScriptedUpstream registry = ScriptedUpstream.askedWith();

	@BeforeEach
	void open() throws Exception {
		this.store = new Store(StoreDirectory.open(this.root, Duration.ZERO),
				new StoreLimits(2, Long.MAX_VALUE, 0, Long.MAX_VALUE, Duration.ZERO));
	}

	@AfterEach
	void letsGoOfEveryAnswer() throws IOException {
		this.store.close();
		await().atMost(SOON).untilAsserted(() -> assertThat(this.registry.open()).isZero());
	}

	@Test
	void aBlobIsFetchedOnceAndServedFromDiskThen() {
		fill();
		assertThat(read("")).isEqualTo(TEXT);
		assertThat(read("")).isEqualTo(TEXT);
		assertThat(this.registry.methods()).containsExactly("GET");
	}

	@Test
	void manyAtOnceCostOneAnswer() {
		this.registry.heads(Answer.of(200).with("Content-Length", "10"));
		this.registry.gets(Answer.of(200, "a/b", ByteSource.of(TEXT)));
		Scheduler clients = Schedulers.newBoundedElastic(30, 30, "clients");
		List<String> texts = Flux.range(0, 30)
			.flatMap((_) -> Mono.fromCallable(() -> read("")).subscribeOn(clients), 30)
			.doFinally((_) -> clients.dispose())
			.collectList()
			.blockOptional(SOON)
			.orElseThrow();
		assertThat(texts).hasSize(30).containsOnly(TEXT);
		assertThat(this.registry.methods()).containsOnlyOnce("GET").hasSizeLessThan(30);
	}

	@ParameterizedTest
	@CsvSource({ "bytes=2-4, 234, 2, 4", "bytes=0-, 0123456789, 0, 9", "bytes=-3, 789, 7, 9" })
	void aPartComesFromDisk(String range, String text, long first, long last) {
		fill();
		this.registry.heads(Answer.of(200).with("Content-Length", "10"));
		Pulled pulled = get(range);
		assertThat(pulled).isInstanceOfSatisfying(Pulled.Blob.class, (blob) -> assertThat(blob.part())
			.contains(new ContentRange.Part(first, last, OptionalLong.of(TEXT.length()))));
		assertThat(StoredPulls.text(pulled)).isEqualTo(text);
		assertThat(this.registry.methods()).containsExactly("GET");
	}

	@Test
	void aPartThatLiesOutsideIsRefused() {
		fill();
		this.registry.heads(Answer.of(200).with("Content-Length", "10"));
		assertThatExceptionOfType(RequestException.RangeNotSatisfiable.class).isThrownBy(() -> get("bytes=10-"))
			.satisfies((failure) -> assertThat(failure.extent()).contains(new ContentRange.Unsatisfied(10)));
	}

	@Test
	void theBeginningOfABlobHasAllOfItComeIn() {
		this.registry.gets(Answer.of(200, "a/b", ByteSource.of(TEXT)));
		assertThat(StoredPulls.text(get("bytes=0-3"))).isEqualTo("0123");
		whole();
		assertThat(this.registry.methods()).containsExactly("GET");
	}

	@Test
	void anotherPartOfItHasNoneComeIn() throws IOException {
		this.registry.gets(Answer.of(206, "a/b", ByteSource.of("234")).with("Content-Range", "bytes 2-4/10"));
		get("bytes=2-4").release();
		assertThat(this.registry.methods()).containsExactly("GET bytes=2-4");
		assertThat(this.store.find(DIGEST)).isInstanceOf(Store.Found.Nothing.class);
	}

	@Test
	void whatIsElsewhereIsToldSo() throws IOException {
		this.registry = ScriptedUpstream.passingRedirects();
		this.registry.answer(Matching.any(), Answer.of(307).with("Location", "/signed"));
		assertThat(get("")).isInstanceOf(Pulled.Elsewhere.class);
		await().atMost(SOON)
			.untilAsserted(() -> assertThat(this.store.find(DIGEST)).isInstanceOf(Store.Found.Nothing.class));
	}

	@Test
	void anUpstreamThatRefusesIsToldAsItIsWithoutAStore() {
		this.registry.answer(Matching.any(), Answer.of(503));
		assertThatExceptionOfType(UpstreamException.UpstreamFailed.class).isThrownBy(() -> get(""))
			.satisfies((failure) -> assertThat(failure.provenance()).isPresent());
	}

	@Test
	void whoeverIsAnsweredIsTheOneWhoseUpstreamWasAsked() {
		this.registry.gets(Answer.of(200, "a/b", ByteSource.of(TEXT)));
		Pulled pulled = get("");
		assertThat(pulled.notes().from().endpoint()).isEqualTo("https://reg.example");
		pulled.release();
		pulled.release();
	}

	@Test
	void aBlobThatFindsNoRoomPassesTheStoreBy() throws Exception {
		this.store.close();
		this.store = new Store(StoreDirectory.open(this.root, Duration.ZERO),
				new StoreLimits(2, Long.MAX_VALUE, 0, TEXT.length() - 1, Duration.ZERO));
		this.registry.gets(Answer.of(200, "a/b", ByteSource.of(TEXT)));
		Pulled pulled = get("");
		assertThat(pulled.body()).isInstanceOfSatisfying(Body.Streamed.class,
				(body) -> assertThat(body.buffers().map((buffer) -> {
					String text = buffer.toString(StandardCharsets.US_ASCII);
					buffer.release();
					return text;
				}).collectList().block(SOON)).isEqualTo(List.of(TEXT)));
		assertThat(this.registry.methods()).containsExactly("GET", "GET");
		await().atMost(SOON).untilAsserted(() -> assertThat(this.root.resolve("incoming")).isEmptyDirectory());
		assertThat(this.store.find(DIGEST)).isInstanceOf(Store.Found.Nothing.class);
		assertThat(this.store.space().promised()).isZero();
		get("").release();
		assertThat(this.registry.methods()).containsExactly("GET", "GET", "GET");
	}

	private void fill() {
		this.registry.gets(Answer.of(200, "a/b", ByteSource.of(TEXT)));
		assertThat(read("")).isEqualTo(TEXT);
		whole();
	}

	private void whole() {
		await().atMost(SOON).untilAsserted(() -> {
			Store.Found found = this.store.find(DIGEST);
			found.release();
			assertThat(found).isInstanceOf(Store.Found.Whole.class);
		});
	}

	private String read(String range) {
		return StoredPulls.text(get(range));
	}

	private Pulled get(String range) {
		return new BlobPull(this.registry.directory(), this.store,
				new Freshness(Duration.ofDays(1), Duration.ofDays(7)), Schedulers.boundedElastic())
			.get(ScriptedUpstream.TARGET, DIGEST, range.isEmpty() ? Optional.empty() : ByteRange.parse(range))
			.blockOptional(SOON)
			.orElseThrow();
	}

}
