package dev.sluice.pull;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.sluice.oci.Digest;
import dev.sluice.oci.MediaTypes;
import dev.sluice.oci.Reference;
import dev.sluice.oci.RegistryException;
import dev.sluice.route.Target;
import dev.sluice.upstream.UpstreamAnswer;
import dev.sluice.upstream.UpstreamDirectory;
import dev.sluice.upstream.UpstreamRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Pulls manifests and indexes (distribution spec, end-3): the only bodies that are held,
 * {@value #LIMIT} bytes at most, and always checked against their digest. Thread-safe.
 */
public final class ManifestPull {

	private static final int LIMIT = 4 * 1024 * 1024;

	private static final JsonMapper JSON = new JsonMapper();

	private final UpstreamDirectory upstreams;

	public ManifestPull(UpstreamDirectory upstreams) {
		this.upstreams = upstreams;
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
	 * Asks for a manifest's digest, type and length. An answer without them is a hint
	 * only: the manifest itself is pulled then.
	 * @param target its repository
	 * @param reference its tag or digest
	 * @param accept the client's media types, perhaps none
	 * @return the manifest without its body
	 */
	public Mono<Pulled> head(Target target, Reference reference, List<String> accept) {
		return fetch(HttpMethod.HEAD, target, reference, accept)
			.flatMap((answer) -> answer.isHeadByGet() ? read(target, reference, answer)
					: described(target, reference, answer))
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
		return Mono.error(new RegistryException.InvalidAnswer(target.registry() + " answered a part of a manifest ("
				+ answer.status() + ") when asked for all of it"));
	}

	private Mono<Pulled> read(Target target, Reference reference, UpstreamAnswer answer) {
		if (answer.status() != 200) {
			return refusePart(target, answer);
		}
		return answer.bytes(LIMIT).defaultIfEmpty(new byte[0]).map((content) -> {
			Digest digest = verified(target, reference, answer, content);
			return Pulled.of(content, mediaType(answer, content), digest, PassedHeaders.of(answer));
		});
	}

	private static Digest verified(Target target, Reference reference, UpstreamAnswer answer, byte[] content) {
		Optional<Digest> announced = answer.header("Docker-Content-Digest").flatMap(Digest::tryParse);
		Digest expected = (reference instanceof Digest digest) ? digest
				: announced.orElseGet(() -> Digest.of(Digest.Algorithm.SHA256, content));
		if (!expected.matches(content)) {
			throw new RegistryException.InvalidAnswer(target.registry() + " answered a manifest whose digest isn't "
					+ expected + ": it was not passed on");
		}
		return announced.filter((digest) -> digest.matches(content)).orElse(expected);
	}

	private static String mediaType(UpstreamAnswer answer, byte[] content) {
		Optional<String> type = answer.header(HttpHeaderNames.CONTENT_TYPE).map(MediaTypes::withoutParameters);
		return type.filter((value) -> value.contains("vnd."))
			.or(() -> ownMediaType(content))
			.or(() -> type)
			.orElse(MediaTypes.OCI_MANIFEST);
	}

	private static Optional<String> ownMediaType(byte[] content) {
		try {
			String own = JSON.readTree(new String(content, StandardCharsets.UTF_8)).path("mediaType").asString("");
			return Optional.of(own).filter((value) -> value.matches("[\\w.+-]+/[\\w.+-]+"));
		}
		catch (JacksonException ex) {
			return Optional.empty();
		}
	}

	private static Mono<Pulled> described(Target target, Reference reference, UpstreamAnswer answer) {
		answer.release();
		Optional<Digest> digest = answer.header("Docker-Content-Digest").flatMap(Digest::tryParse);
		Optional<String> type = answer.header(HttpHeaderNames.CONTENT_TYPE);
		if (digest.isEmpty() || type.isEmpty() || answer.contentLength().isEmpty()) {
			return Mono.empty();
		}
		if (reference instanceof Digest asked && asked.contradicts(digest.get())) {
			return Mono.error(new RegistryException.InvalidAnswer(
					target.registry() + " answered " + digest.get() + " when asked for " + reference));
		}
		return Mono.just(new Pulled(200, MediaTypes.withoutParameters(type.get()), answer.contentLength(), digest,
				PassedHeaders.of(answer), Flux.empty(), () -> {
				}));
	}

}
