package dev.sluice.pull;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.sluice.oci.Digest;
import dev.sluice.oci.HeldBytes;
import dev.sluice.oci.MediaTypes;
import dev.sluice.oci.Reference;
import dev.sluice.oci.UpstreamException;
import dev.sluice.route.Target;
import dev.sluice.upstream.UpstreamAnswer;
import dev.sluice.upstream.UpstreamDirectory;
import dev.sluice.upstream.UpstreamRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Pulls manifests and indexes (distribution spec, end-3): the only bodies that are held,
 * {@value #LIMIT} bytes at most, and always checked against their digest. Thread-safe.
 */
public final class ManifestPull {

	private static final int LIMIT = 4 * 1024 * 1024;

	/** What is hashed and read where it arrives; more is work for another thread. */
	static final int LARGE = 64 * 1024;

	private final UpstreamDirectory upstreams;

	private final Scheduler work;

	/**
	 * Pulls manifests.
	 * @param upstreams the registries
	 * @param work where large manifests are hashed and read
	 */
	public ManifestPull(UpstreamDirectory upstreams, Scheduler work) {
		this.upstreams = upstreams;
		this.work = work;
	}

	/**
	 * Pulls a manifest.
	 * @param target its repository
	 * @param reference its tag or digest
	 * @param accept the client's media types, perhaps none
	 * @return the manifest, verified
	 */
	public Mono<Pulled> get(Target target, Reference reference, List<String> accept) {
		return fetch(HttpMethod.GET, target, reference, accept).flatMap((answer) -> read(target, reference, answer));
	}

	/**
	 * Asks for a manifest's digest, type and length. An answer that doesn't tell them
	 * all, or names another digest than was asked for, is a hint only: the manifest
	 * itself is pulled then.
	 * @param target its repository
	 * @param reference its tag or digest
	 * @param accept the client's media types, perhaps none
	 * @return the manifest without its body
	 */
	public Mono<Pulled> head(Target target, Reference reference, List<String> accept) {
		return fetch(HttpMethod.HEAD, target, reference, accept)
			.flatMap((answer) -> answer.isHeadByGet() ? read(target, reference, answer) : described(reference, answer))
			.switchIfEmpty(Mono.defer(() -> get(target, reference, accept)))
			.map(Pulled::withoutBody);
	}

	private Mono<UpstreamAnswer> fetch(HttpMethod method, Target target, Reference reference, List<String> accept) {
		UpstreamRequest request = UpstreamRequest.manifest(method, target.repository(), reference,
				wanted(reference, accept));
		return this.upstreams.client(target.registry()).flatMap((client) -> client.fetch(request));
	}

	private static List<String> wanted(Reference reference, List<String> accept) {
		boolean anything = accept.isEmpty() || accept.equals(List.of("*/*"));
		if (reference instanceof Digest) {
			Set<String> all = new LinkedHashSet<>(MediaTypes.MANIFESTS);
			all.addAll(accept);
			return List.copyOf(all);
		}
		return anything ? MediaTypes.MANIFESTS : accept;
	}

	private static Mono<Pulled> refusePart(Target target, UpstreamAnswer answer) {
		answer.release();
		return Mono.error(new UpstreamException.InvalidAnswer(target.registry() + " answered a part of a manifest ("
				+ answer.status() + ") when asked for all of it"));
	}

	private Mono<Pulled> read(Target target, Reference reference, UpstreamAnswer answer) {
		if (answer.status() != 200) {
			return refusePart(target, answer);
		}
		return answer.held(LIMIT)
			.defaultIfEmpty(HeldBytes.of(new byte[0]))
			.flatMap((content) -> examined(content, answer, reference).doOnError((_) -> content.release())
				.doOnCancel(content::release))
			.onErrorMap(HeldManifest.Refused.class,
					(refused) -> new UpstreamException.InvalidAnswer(
							target.registry() + " answered " + refused.getMessage()))
			.map((manifest) -> Pulled.of(manifest, Notes.of(answer)));
	}

	/** A large one keeps its thread busy for tens of milliseconds. */
	private Mono<HeldManifest> examined(HeldBytes content, UpstreamAnswer answer, Reference reference) {
		Mono<HeldManifest> examined = Mono.fromSupplier(() -> HeldManifest.of(content,
				answer.header(HttpHeaderNames.CONTENT_TYPE), announced(answer), reference));
		return (content.length() > LARGE) ? examined.subscribeOn(this.work) : examined;
	}

	private static Optional<Digest> announced(UpstreamAnswer answer) {
		return answer.header("Docker-Content-Digest").flatMap(Digest::tryParse);
	}

	private static Mono<Pulled> described(Reference reference, UpstreamAnswer answer) {
		answer.release();
		Optional<Digest> announced = announced(answer);
		Optional<Digest> digest = (reference instanceof Digest asked)
				? announced.filter((other) -> !asked.contradicts(other)).map((_) -> asked) : announced;
		Optional<String> type = ManifestType.announced(answer.header(HttpHeaderNames.CONTENT_TYPE));
		if (digest.isEmpty() || type.isEmpty() || answer.contentLength().orElse(0) == 0) {
			return Mono.empty();
		}
		return Mono.just(new Pulled(200, type.get(), answer.contentLength(), digest, Map.of(), Notes.of(answer),
				new Body.None()));
	}

}
