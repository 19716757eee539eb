package dev.sluice.pull;

import java.util.OptionalLong;

import dev.sluice.json.FieldPaths;
import dev.sluice.json.JsonFields;
import dev.sluice.oci.Digest;
import dev.sluice.oci.ErrorCode;
import dev.sluice.oci.HeldBytes;
import dev.sluice.oci.MediaTypes;
import dev.sluice.oci.RegistryName;
import dev.sluice.oci.RequestException;
import dev.sluice.route.Target;
import dev.sluice.upstream.UpstreamAnswer;
import dev.sluice.upstream.UpstreamDirectory;
import dev.sluice.upstream.UpstreamRequest;
import io.netty.handler.codec.http.HttpMethod;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Pulls lists: tags (distribution spec, end-8) and the catalog, which are streamed
 * through, and referrers (end-12), which are held to see that they are what they should
 * be. Of a link to the next page its query is handed on, for the web to put the client's
 * own path before it. Thread-safe.
 */
public final class ListingPull {

	/** No page of referrers is larger than a manifest (distribution spec, end-12). */
	private static final int INDEX_LIMIT = 4 * 1024 * 1024;

	private static final FieldPaths INDEX_FIELDS = FieldPaths.of("mediaType", "manifests");

	private final UpstreamDirectory upstreams;

	private final Scheduler work;

	/**
	 * Pulls lists.
	 * @param upstreams the registries
	 * @param work where large lists of referrers are read
	 */
	public ListingPull(UpstreamDirectory upstreams, Scheduler work) {
		this.upstreams = upstreams;
		this.work = work;
	}

	/**
	 * Lists a repository's tags.
	 * @param target the repository
	 * @param page what is asked, and how
	 * @return the list
	 */
	public Mono<Pulled.Listing> tags(Target target, Page page) {
		return list(target.registry(), UpstreamRequest.tags(page.method(), target.repository(), page.query()));
	}

	/**
	 * Lists what refers to a manifest. A registry that has no such list says so in many
	 * ways, an answer that is no image index among them; to the client it is always a
	 * 404, upon which it goes on with the fallback tag.
	 * @param target its repository
	 * @param subject its digest
	 * @param page what is asked, and how
	 * @return the list, an image index
	 */
	public Mono<Pulled.Listing> referrers(Target target, Digest subject, Page page) {
		UpstreamRequest request = UpstreamRequest.referrers(HttpMethod.GET, target.repository(), subject, page.query());
		Mono<Pulled.Listing> list = this.upstreams.client(target.registry())
			.flatMap((client) -> client.fetch(request, (answer) -> referrers(target.registry(), answer)));
		return page.isHead() ? list.map(Pulled.Listing::withoutBody) : list;
	}

	private Mono<Pulled.Listing> referrers(RegistryName registry, UpstreamAnswer answer) {
		return notes(answer).flatMap((notes) -> answer.held(INDEX_LIMIT)
			.flatMap((index) -> examined(registry, index).doOnError((_) -> index.release()).doOnCancel(index::release))
			.map((index) -> new Pulled.Listing(MediaTypes.OCI_INDEX, OptionalLong.of(index.length()), notes,
					new Body.Held(index))));
	}

	/** A large one keeps its thread busy for tens of milliseconds. */
	private Mono<HeldBytes> examined(RegistryName registry, HeldBytes index) {
		Mono<HeldBytes> examined = Mono.fromSupplier(() -> {
			if (!isIndex(JsonFields.read(index.stream(), INDEX_FIELDS))) {
				throw new RequestException.NotFound(ErrorCode.UNSUPPORTED,
						registry + " answered with what is no list of referrers: it seems to have none");
			}
			return index;
		});
		return (index.length() > ManifestPull.LARGE) ? examined.subscribeOn(this.work) : examined;
	}

	/** Some write an empty list as null. */
	private static boolean isIndex(JsonFields fields) {
		boolean list = fields.has("manifests") && fields.text("manifests").isEmpty();
		return fields.isObject() && (list || fields.text("mediaType").filter(MediaTypes.OCI_INDEX::equals).isPresent());
	}

	/**
	 * Lists a registry's repositories, where that is switched on.
	 * @param registry the registry
	 * @param page what is asked, and how
	 * @return the list
	 */
	public Mono<Pulled.Listing> catalog(RegistryName registry, Page page) {
		return this.upstreams.client(registry)
			.filter((client) -> client.upstream().catalog())
			.switchIfEmpty(Mono.error(() -> new RequestException.NotFound(ErrorCode.UNSUPPORTED,
					"the catalog of " + registry + " is not served: set catalog: true at its sluice.upstreams entry")))
			.then(list(registry, UpstreamRequest.catalog(page.method(), page.query())));
	}

	private Mono<Pulled.Listing> list(RegistryName registry, UpstreamRequest request) {
		return this.upstreams.client(registry).flatMap((client) -> client.fetch(request, ListingPull::list));
	}

	private static Mono<Pulled.Listing> list(UpstreamAnswer answer) {
		return notes(answer).map((notes) -> new Pulled.Listing(MediaTypes.JSON, answer.described().length(), notes,
				new Body.Streamed(answer.body(), answer::release)));
	}

	/** Its link may lead nowhere. */
	private static Mono<Notes> notes(UpstreamAnswer answer) {
		return Mono.fromSupplier(() -> Notes.ofPage(answer)).doOnError((_) -> answer.release());
	}

	/**
	 * Which page of a list is asked for.
	 *
	 * @param method GET or HEAD
	 * @param query the client's query parameters, encoded, without {@code ns}
	 */
	public record Page(HttpMethod method, String query) {

		boolean isHead() {
			return this.method.equals(HttpMethod.HEAD);
		}

	}

}
