package dev.sluice.pull;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import dev.sluice.oci.Digest;
import dev.sluice.oci.ErrorCode;
import dev.sluice.oci.RegistryException;
import dev.sluice.oci.RegistryName;
import dev.sluice.route.Target;
import dev.sluice.upstream.UpstreamAnswer;
import dev.sluice.upstream.UpstreamDirectory;
import dev.sluice.upstream.UpstreamRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import reactor.core.publisher.Mono;

/**
 * Pulls lists: tags (distribution spec, end-8), referrers (end-12) and the catalog. They
 * are streamed through; a {@code Link} to the next page is handed on as it is, for the
 * web to put the client's own path into it. Thread-safe.
 */
public final class ListingPull {

	private final UpstreamDirectory upstreams;

	public ListingPull(UpstreamDirectory upstreams) {
		this.upstreams = upstreams;
	}

	/**
	 * Lists a repository's tags.
	 * @param target the repository
	 * @param page what is asked, and how
	 * @return the list
	 */
	public Mono<Pulled> tags(Target target, Page page) {
		return list(target.registry(), UpstreamRequest.tags(page.method(), target.repository(), page.query()));
	}

	/**
	 * Lists what refers to a manifest. An upstream's 404 means that it doesn't know
	 * referrers: the client goes on with the fallback tag.
	 * @param target its repository
	 * @param subject its digest
	 * @param page what is asked, and how
	 * @return the list, an image index
	 */
	public Mono<Pulled> referrers(Target target, Digest subject, Page page) {
		return list(target.registry(),
				UpstreamRequest.referrers(page.method(), target.repository(), subject, page.query()));
	}

	/**
	 * Lists a registry's repositories, where that is switched on.
	 * @param registry the registry
	 * @param page what is asked, and how
	 * @return the list
	 */
	public Mono<Pulled> catalog(RegistryName registry, Page page) {
		return this.upstreams.client(registry)
			.filter((client) -> client.upstream().catalog())
			.switchIfEmpty(Mono.error(() -> new RegistryException.NotFound(ErrorCode.UNSUPPORTED,
					"the catalog of " + registry + " is not served: set catalog: true at its sluice.upstreams entry")))
			.then(list(registry, UpstreamRequest.catalog(page.method(), page.query())));
	}

	private Mono<Pulled> list(RegistryName registry, UpstreamRequest request) {
		return this.upstreams.client(registry)
			.flatMap((client) -> client.fetch(request))
			.flatMap((answer) -> whole(registry, answer))
			.map(ListingPull::pulled);
	}

	private static Mono<UpstreamAnswer> whole(RegistryName registry, UpstreamAnswer answer) {
		if (answer.status() == 200) {
			return Mono.just(answer);
		}
		answer.release();
		return Mono.error(new RegistryException.InvalidAnswer(
				registry + " answered a part of a list (" + answer.status() + ") when asked for all of it"));
	}

	private static Pulled pulled(UpstreamAnswer answer) {
		Map<String, String> headers = new HashMap<>(PassedHeaders.of(answer));
		answer.header("Link").ifPresent((value) -> headers.put("Link", value));
		String type = answer.header(HttpHeaderNames.CONTENT_TYPE).orElse("application/json");
		return new Pulled(200, type, answer.contentLength(), Optional.empty(), headers, answer.body(), answer::release);
	}

	/**
	 * Which page of a list is asked for.
	 *
	 * @param method GET or HEAD
	 * @param query the client's query parameters, without {@code ns}
	 */
	public record Page(HttpMethod method, Map<String, String> query) {
	}

}
