package dev.sluice.pull;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.sluice.oci.Digest;
import dev.sluice.oci.HeldBytes;
import dev.sluice.oci.MediaTypes;
import dev.sluice.oci.Reference;
import dev.sluice.oci.UpstreamException;
import dev.sluice.route.Target;
import dev.sluice.upstream.Described;
import dev.sluice.upstream.UpstreamAnswer;
import dev.sluice.upstream.UpstreamDirectory;
import dev.sluice.upstream.UpstreamRequest;
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
	public Mono<Pulled.Manifest> get(Target target, Reference reference, List<String> accept) {
		return this.upstreams.client(target.registry())
			.flatMap((client) -> client.fetch(request(HttpMethod.GET, target, reference, accept),
					(answer) -> read(target, reference, answer)));
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
	public Mono<Pulled.Manifest> head(Target target, Reference reference, List<String> accept) {
		return this.upstreams.client(target.registry())
			.flatMap((client) -> client.describe(request(HttpMethod.HEAD, target, reference, accept),
					(answer) -> told(reference, answer), (answer) -> read(target, reference, answer)))
			.map(Pulled.Manifest::withoutBody);
	}

	private static UpstreamRequest request(HttpMethod method, Target target, Reference reference, List<String> accept) {
		return UpstreamRequest.manifest(method, target.repository(), reference, wanted(reference, accept));
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

	private Mono<Pulled.Manifest> read(Target target, Reference reference, UpstreamAnswer answer) {
		return answer.held(LIMIT)
			.flatMap((content) -> examined(content, answer, reference).doOnError((_) -> content.release())
				.doOnCancel(content::release))
			.onErrorMap(HeldManifest.Refused.class,
					(refused) -> new UpstreamException.InvalidAnswer(
							target.registry() + " answered " + refused.getMessage()))
			.map((manifest) -> Pulled.Manifest.of(manifest, Notes.of(answer)));
	}

	/** A large one keeps its thread busy for tens of milliseconds. */
	private Mono<HeldManifest> examined(HeldBytes content, UpstreamAnswer answer, Reference reference) {
		Described described = answer.described();
		Mono<HeldManifest> examined = Mono
			.fromSupplier(() -> HeldManifest.of(content, described.mediaType(), described.digest(), reference));
		return (content.length() > LARGE) ? examined.subscribeOn(this.work) : examined;
	}

	private static Mono<Pulled.Manifest> told(Reference reference, UpstreamAnswer answer) {
		answer.release();
		Described described = answer.described();
		Optional<Digest> digest = (reference instanceof Digest asked)
				? described.digest().filter((other) -> !asked.contradicts(other)).map((_) -> asked)
				: described.digest();
		Optional<String> type = ManifestType.announced(described.mediaType());
		long size = described.length().orElse(0);
		if (digest.isEmpty() || type.isEmpty() || size == 0) {
			return Mono.empty();
		}
		return Mono.just(new Pulled.Manifest(digest.get(), type.get(), size, Notes.of(answer), new Body.None()));
	}

}
