package dev.sluice.testing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A registry for pulls over HTTP (distribution-spec 1.1); pushes are Java calls. It is
 * strict: names, digests, scopes and Accept are checked, and it answers as real
 * registries do. It calls itself {@code 127.0.0.1} unless given a {@link Listener}.
 * Thread-safe.
 */
public final class TestRegistry implements RecordingServer {

	private static final String NAME = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*"
			+ "(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*";

	private static final Pattern NAME_PATTERN = Pattern.compile(NAME);

	private static final Pattern PATH = Pattern
		.compile("/v2/(?<name>.+)/(?<kind>manifests|blobs|tags|referrers)/(?<reference>[^/]+)");

	private final Map<String, TestRepository> repositories = new ConcurrentSkipListMap<>();

	private final RegistryAuth auth;

	private final ManifestAnswers manifests = new ManifestAnswers();

	private final BlobAnswers blobs = new BlobAnswers();

	private final ListingAnswers listings = new ListingAnswers();

	private final Front front;

	private final TestServer server;

	private TestRegistry(RegistryAuth auth, Front front, Listener listener) {
		this.auth = auth;
		this.front = front;
		this.server = new TestServer(listener, this::answer);
	}

	/** Needs no credential. */
	public static TestRegistry open() {
		return open(Listener.loopback());
	}

	/** Needs no credential. */
	public static TestRegistry open(Listener listener) {
		return behind(Front.NONE, listener);
	}

	/** Has all requests pass by {@code front}, and needs no credential by itself. */
	public static TestRegistry behind(Front front, Listener listener) {
		return new TestRegistry(new RegistryAuth.Open(), front, listener);
	}

	/** Needs a user and password. */
	public static TestRegistry basic(String user, String password) {
		return basic(user, password, Listener.loopback());
	}

	/** Needs a user and password. */
	public static TestRegistry basic(String user, String password, Listener listener) {
		return new TestRegistry(new RegistryAuth.Basic(user, Set.of(password)), Front.NONE, listener);
	}

	/** Needs a user and any of the passwords, of which some may come and go. */
	public static TestRegistry basic(String user, Set<String> passwords) {
		return new TestRegistry(new RegistryAuth.Basic(user, passwords), Front.NONE, Listener.loopback());
	}

	/** Needs a token of {@code tokens}. */
	public static TestRegistry token(TokenServer tokens) {
		return token(tokens, Listener.loopback());
	}

	/** Needs a token of {@code tokens}. */
	public static TestRegistry token(TokenServer tokens, Listener listener) {
		return new TestRegistry(new RegistryAuth.Token(tokens), Front.NONE, listener);
	}

	/** Adds an image and lets {@code tag} name it. */
	public TestRegistry push(String repository, String tag, TestImage image) {
		push(repository, image);
		repository(repository).tag(tag, image.manifest());
		return this;
	}

	/** Adds an image that no tag names. */
	public TestRegistry push(String repository, TestImage image) {
		image.blobs().forEach(repository(repository)::add);
		image.manifests().forEach(repository(repository)::add);
		return this;
	}

	/** Adds a blob. */
	public TestRegistry push(String repository, TestContent blob) {
		repository(repository).add(blob);
		return this;
	}

	/** Removes a tag, or a manifest or blob by its sha256 digest. */
	public TestRegistry remove(String repository, String reference) {
		repository(repository).remove(reference);
		return this;
	}

	/** Answers blobs by a redirect (307) to a signed URL of {@code host}. */
	public TestRegistry redirectBlobsTo(BlobHost host) {
		return redirectBlobsTo(host, 307);
	}

	/** Answers blobs by a redirect to a signed URL of {@code host}. */
	public TestRegistry redirectBlobsTo(BlobHost host, int status) {
		this.blobs.redirectTo(host, status);
		return this;
	}

	/** Knows no referrers API: 404. */
	public TestRegistry withoutReferrers() {
		this.listings.withoutReferrers();
		return this;
	}

	/** Puts at most {@code size} tags, repositories or referrers into one answer. */
	public TestRegistry pageSize(int size) {
		this.listings.pageSize(size);
		return this;
	}

	@Override
	public TestServer server() {
		return this.server;
	}

	private TestRepository repository(String name) {
		return this.repositories.computeIfAbsent(name, (_) -> new TestRepository());
	}

	private Answer answer(RecordedRequest request) {
		return this.front.answer(request, this::route).with("Docker-Distribution-Api-Version", "registry/2.0");
	}

	private Answer route(RecordedRequest request) {
		if (!List.of("GET", "HEAD").contains(request.method())) {
			return Answer.error(405, "UNSUPPORTED", "The operation is unsupported.").with("Allow", "GET, HEAD");
		}
		if (request.path().equals("/v2/") || request.path().equals("/v2")) {
			return refusal(request, "").orElseGet(() -> Answer.json(200, Map.of()));
		}
		if (request.path().equals("/v2/_catalog")) {
			return refusal(request, "registry:catalog:*")
				.orElseGet(() -> this.listings.catalog(request, List.copyOf(this.repositories.keySet())));
		}
		Matcher path = PATH.matcher(request.path());
		return path.matches() ? content(request, path) : Answer.of(404, "text/plain", ByteSource.of("not found\n"));
	}

	private Optional<Answer> refusal(RecordedRequest request, String scope) {
		return this.auth.refusal(request, scope);
	}

	private Answer content(RecordedRequest request, Matcher path) {
		String name = path.group("name");
		if (!NAME_PATTERN.matcher(name).matches()) {
			return Answer.error(400, "NAME_INVALID", "invalid repository name");
		}
		Optional<Answer> refusal = refusal(request, "repository:" + name + ":pull");
		if (refusal.isPresent()) {
			return refusal.get();
		}
		TestRepository repository = this.repositories.get(name);
		if (repository == null) {
			return Answer.error(404, "NAME_UNKNOWN", "repository name not known to registry");
		}
		String reference = path.group("reference").replace("%3A", ":");
		return switch (path.group("kind")) {
			case "manifests" -> this.manifests.answer(request, repository, reference);
			case "blobs" -> this.blobs.answer(request, repository, reference);
			case "tags" -> this.listings.tags(request, repository, name);
			default -> this.listings.referrers(request, repository, reference);
		};
	}

	/** Stands before a registry's content: asks for it, or answers by itself. */
	@FunctionalInterface
	public interface Front {

		/** Lets everything pass. */
		Front NONE = (request, content) -> content.apply(request);

		/** The answer to {@code request}. */
		Answer answer(RecordedRequest request, Function<RecordedRequest, Answer> content);

	}

}
