package dev.sluice.testing.registries;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.sluice.testing.Answer;
import dev.sluice.testing.BlobHost;
import dev.sluice.testing.Listener;
import dev.sluice.testing.RecordedRequest;
import dev.sluice.testing.TestCertificates;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestRegistry;
import dev.sluice.testing.TestServer;
import org.jspecify.annotations.Nullable;

/**
 * A running registry with a {@link Personality}: its API on {@code 127.0.0.1}, its blob
 * store, and its token server where that is elsewhere, on {@code localhost}. One image,
 * tagged {@code 1} and {@code latest}, is in its public and its private repository.
 * Thread-safe.
 */
public final class PersonalRegistry implements AutoCloseable {

	private static final Pattern REPOSITORY = Pattern
		.compile("/v2/(?<name>.+)/(?:manifests|blobs|tags|referrers)/[^/]+");

	private final Personality personality;

	private final TestImage image = TestImage.multiArch();

	private final BlobHost store = BlobHost.start();

	private final @Nullable TokenDesk desk;

	private final @Nullable TestServer elsewhere;

	private final String realmPath;

	private final TestRegistry registry;

	private PersonalRegistry(Personality personality, TestCertificates certificates) {
		this.personality = personality;
		TokenPersonality issuer = (personality instanceof TokenPersonality tokens) ? tokens : null;
		this.desk = (issuer != null) ? new TokenDesk(issuer) : null;
		this.realmPath = (issuer != null) ? issuer.realmPath() : "";
		this.elsewhere = (issuer != null && issuer.isRealmElsewhere())
				? new TestServer(Listener.localhost(), (request) -> token(request).orElseGet(() -> Answer.of(404)))
				: null;
		Listener listener = personality.isPrivatelyCertified() ? Listener.loopback().secured(certificates.server())
				: Listener.loopback();
		this.registry = TestRegistry.behind(this::answer, listener);
		personality.blobRedirect().ifPresent((redirect) -> {
			this.store.as(redirect.store());
			this.registry.redirectBlobsTo(this.store, redirect.status());
		});
		Stream.of(personality.publicRepository(), personality.privateRepository())
			.filter((repository) -> !repository.isEmpty())
			.forEach((repository) -> this.registry.push(repository, "1", this.image)
				.push(repository, "latest", this.image));
	}

	/**
	 * Starts one.
	 * @param personality how it behaves
	 * @param certificates for those that are privately certified
	 */
	public static PersonalRegistry start(Personality personality, TestCertificates certificates) {
		return new PersonalRegistry(personality, certificates);
	}

	private Answer answer(RecordedRequest request, Function<RecordedRequest, Answer> content) {
		Optional<Answer> token = (this.elsewhere == null) ? token(request) : Optional.empty();
		return token.orElseGet(() -> {
			Visit visit = visit(request);
			return this.personality.refusal(visit)
				.orElseGet(() -> this.personality.finish(visit, content.apply(request)));
		});
	}

	private Optional<Answer> token(RecordedRequest request) {
		return (this.desk != null && request.path().equals(this.realmPath)) ? Optional.of(this.desk.answer(request))
				: Optional.empty();
	}

	private Visit visit(RecordedRequest request) {
		Matcher path = REPOSITORY.matcher(request.path());
		String repository = path.matches() ? path.group("name") : "";
		String scope = repository.isEmpty() ? ""
				: this.personality.scope(repository, request.path().endsWith("/tags/list"));
		String realm = ((this.elsewhere != null) ? this.elsewhere.url() : url()) + this.realmPath;
		return new Visit(request, url(), realm, repository, scope, presented(request, scope));
	}

	private Presented presented(RecordedRequest request, String scope) {
		String authorization = request.header("Authorization").orElse("");
		if (authorization.isEmpty()) {
			return Presented.NOTHING;
		}
		if (authorization.startsWith("Bearer ")) {
			return (this.desk != null) ? this.desk.verify(authorization.substring("Bearer ".length()), scope)
					: Presented.BAD_TOKEN;
		}
		return Presented.login(TokenDesk.standing(this.personality, authorization));
	}

	/** How it behaves. */
	public Personality personality() {
		return this.personality;
	}

	/** The image in its repositories. */
	public TestImage image() {
		return this.image;
	}

	/** Scheme, host and port of its API. */
	public String url() {
		return this.registry.url();
	}

	/** The registry itself, to push more and to misbehave. */
	public TestRegistry registry() {
		return this.registry;
	}

	/** The requests for tokens so far. */
	public List<RecordedRequest> exchanges() {
		Predicate<RecordedRequest> tokens = (request) -> !this.realmPath.isEmpty()
				&& request.path().equals(this.realmPath);
		return ((this.elsewhere != null) ? this.elsewhere.requests() : this.registry.requests()).matching(tokens);
	}

	/** The requests to its API so far. */
	public List<RecordedRequest> visits() {
		return this.registry.requests()
			.matching((request) -> request.path().startsWith("/v2")
					&& (this.elsewhere != null || !request.path().equals(this.realmPath)));
	}

	/** The requests to its blob store so far. */
	public List<RecordedRequest> downloads() {
		return this.store.requests().all();
	}

	/** Forgets all requests so far. */
	public void forget() {
		this.registry.requests().clear();
		this.store.requests().clear();
		if (this.elsewhere != null) {
			this.elsewhere.requests().clear();
		}
	}

	@Override
	public void close() {
		this.registry.close();
		this.store.close();
		if (this.elsewhere != null) {
			this.elsewhere.close();
		}
	}

}
