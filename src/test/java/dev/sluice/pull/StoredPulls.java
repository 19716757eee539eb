package dev.sluice.pull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

import dev.sluice.credential.Candidate;
import dev.sluice.credential.Credential;
import dev.sluice.credential.CredentialSource;
import dev.sluice.credential.Login;
import dev.sluice.credential.Secret;
import dev.sluice.credential.SourceState;
import dev.sluice.oci.ByteRange;
import dev.sluice.oci.Digest;
import dev.sluice.oci.RegistryName;
import dev.sluice.oci.RepositoryName;
import dev.sluice.route.Target;
import dev.sluice.store.Store;
import dev.sluice.store.StoreLimits;
import dev.sluice.store.disk.StoreDirectory;
import dev.sluice.testing.Answer;
import dev.sluice.testing.ByteSource;
import dev.sluice.testing.Matching;
import dev.sluice.testing.RecordedRequest;
import dev.sluice.testing.ScriptedUpstream;
import dev.sluice.testing.TestClock;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Pulls of one small private blob through a store, from a registry that does as it is
 * told, with a login and a clock that change as they are told.
 */
final class StoredPulls implements AutoCloseable {

	static final String TEXT = "0123456789";

	static final Digest DIGEST = Digest.of(Digest.Algorithm.SHA256, TEXT.getBytes(StandardCharsets.US_ASCII));

	static final Target HERE = ScriptedUpstream.TARGET;

	static final Target ELSEWHERE = new Target(ScriptedUpstream.NAME, new RepositoryName("other/repo"));

	static final Freshness FRESHNESS = new Freshness(Duration.ofHours(24), Duration.ofDays(7));

	private static final Duration SOON = Duration.ofSeconds(20);

	final TestClock clock = TestClock.now();

	private final AtomicReference<@Nullable Login> login = new AtomicReference<>();

	private final ScriptedUpstream registry = ScriptedUpstream.askedWith(new Changing(this.login));

	private final Path root;

	private Store store;

	StoredPulls(Path root) throws Exception {
		this.root = root;
		this.store = opened();
		logIn("robot", "first");
		serves();
	}

	private Store opened() throws Exception {
		return new Store(StoreDirectory.open(this.root, Duration.ZERO),
				new StoreLimits(4, Long.MAX_VALUE, 0, Long.MAX_VALUE, Duration.ZERO));
	}

	void restart() throws Exception {
		this.store.close();
		this.store = opened();
	}

	void logIn(String user, String password) {
		this.login.set(new Login(new Credential.Basic(user, new Secret(password)), Map.of(), "a file"));
	}

	void logOut() {
		this.login.set(null);
	}

	/** The registry has it for whoever is logged in. */
	void serves() {
		registryAnswers(Answer.of(401).with("WWW-Authenticate", "Basic realm=\"r\""));
		this.registry.answer(Matching.path("/acme/app/").and(Matching.authorized()),
				Answer.of(200, "application/octet-stream", ByteSource.of(TEXT)));
	}

	/** The registry answers so whatever it is asked. */
	void registryAnswers(Answer answer) {
		this.registry.answer(Matching.any(), answer);
	}

	void registryAnswers(String pathPart, Answer answer) {
		this.registry.answer(Matching.path(pathPart), answer);
	}

	/** Has it come in, by way of {@link #HERE}. */
	void fill() {
		assertThat(read(HERE, "")).isEqualTo(TEXT);
		await().atMost(SOON).untilAsserted(() -> assertThat(isHeld()).isTrue());
	}

	boolean isHeld() throws IOException {
		Store.Found found = this.store.find(DIGEST);
		found.release();
		return found instanceof Store.Found.Whole;
	}

	Store store() {
		return this.store;
	}

	String read(Target target, String range) {
		return text(get(target, range));
	}

	Pulled get(Target target, String range) {
		return pulls().get(target, DIGEST, range.isEmpty() ? Optional.empty() : ByteRange.parse(range))
			.blockOptional(SOON)
			.orElseThrow();
	}

	Pulled head(Target target) {
		return pulls().head(target, DIGEST, Optional.empty()).blockOptional(SOON).orElseThrow();
	}

	private BlobPull pulls() {
		return new BlobPull(this.registry.directory(), this.store, FRESHNESS, Schedulers.boundedElastic(), this.clock);
	}

	/**
	 * What comes of this is asked of the registry: by which method, in which repository.
	 */
	List<String> askedDuring(Runnable pull) {
		int before = this.registry.asked().size();
		pull.run();
		List<RecordedRequest> asked = this.registry.asked();
		return asked.subList(before, asked.size())
			.stream()
			.map((request) -> request.method() + " " + request.path().replaceAll("/v2/|/blobs/.*", "")
					+ request.header("Authorization").map((_) -> "").orElse(" as nobody"))
			.toList();
	}

	static String text(Pulled pulled) {
		ByteArrayOutputStream text = switch (pulled.body()) {
			case Body.Sliced sliced -> sliced.pieces()
				.reduceWith(ByteArrayOutputStream::new, StoredPulls::append)
				.blockOptional(SOON)
				.orElseThrow();
			case Body.Buffered buffered ->
				buffered.buffers().reduceWith(ByteArrayOutputStream::new, (bytes, buffer) -> {
					bytes.writeBytes(ByteBufUtil.getBytes(buffer));
					buffer.release();
					return bytes;
				}).blockOptional(SOON).orElseThrow();
		};
		pulled.release();
		return text.toString(StandardCharsets.US_ASCII);
	}

	private static ByteArrayOutputStream append(ByteArrayOutputStream text, Body.Piece piece) {
		try {
			switch (piece) {
				case Body.Slice slice -> {
					ByteBuffer bytes = ByteBuffer.allocate((int) slice.count());
					slice.file().read(bytes, slice.position());
					Channels.newChannel(text).write(bytes.flip());
				}
				case Body.Buffer buffer -> text.writeBytes(ByteBufUtil.getBytes(buffer.bytes()));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			piece.release();
		}
		return text;
	}

	@Override
	public void close() throws IOException {
		this.store.close();
		await().atMost(SOON).untilAsserted(() -> assertThat(this.registry.open()).isZero());
	}

	/** Has one login, or none, as it is by then. */
	private record Changing(AtomicReference<@Nullable Login> login) implements CredentialSource {

		@Override
		public List<Candidate> candidates(RegistryName host, @Nullable RepositoryName repository) {
			return List.of(new Candidate(0, Mono.fromSupplier(this.login::get)));
		}

		@Override
		public Set<RegistryName> registryNames() {
			return Set.of();
		}

		@Override
		public SourceState state() {
			return new SourceState("a file", 1, List.of());
		}

	}

}
