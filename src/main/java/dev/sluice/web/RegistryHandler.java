package dev.sluice.web;

import java.util.Optional;
import java.util.OptionalLong;

import dev.sluice.oci.ByteRange;
import dev.sluice.oci.ContentRange;
import dev.sluice.oci.Digest;
import dev.sluice.oci.ErrorCode;
import dev.sluice.oci.MediaTypes;
import dev.sluice.oci.NamePath;
import dev.sluice.oci.OverloadException;
import dev.sluice.oci.Printable;
import dev.sluice.oci.Reference;
import dev.sluice.oci.RegistryException;
import dev.sluice.oci.RegistryName;
import dev.sluice.oci.RegistryRequest;
import dev.sluice.oci.RequestException;
import dev.sluice.oci.UpstreamException;
import dev.sluice.pull.BlobPull;
import dev.sluice.pull.ListingPull;
import dev.sluice.pull.ManifestPull;
import dev.sluice.pull.Pulled;
import dev.sluice.route.Router;
import dev.sluice.route.Target;
import reactor.core.publisher.Mono;

/**
 * Serves what a {@code /v2} path asks for. Thread-safe.
 */
final class RegistryHandler {

	private final Router router;

	private final ManifestPull manifests;

	private final BlobPull blobs;

	private final ListingPull listings;

	RegistryHandler(Router router, ManifestPull manifests, BlobPull blobs, ListingPull listings) {
		this.router = router;
		this.manifests = manifests;
		this.blobs = blobs;
		this.listings = listings;
	}

	/**
	 * Serves a request.
	 * @param client what the client says
	 * @param record what is noted for the log
	 * @return what the client gets, let go of if the client leaves just then; its error
	 * is a {@link RegistryException}
	 */
	Mono<? extends Pulled> serve(ClientRequest client, RequestRecord record) {
		return Mono.defer(() -> {
			if (!client.isGet() && !client.isHead()) {
				throw new RequestException.MethodNotSupported(pushInstead(client));
			}
			RegistryRequest asked = RegistryRequest.parse(client.path()).orElseThrow(() -> unknown(client));
			record.asked(asked);
			return serve(asked, client, record).doOnNext(record::pulled).doOnNext((pulled) -> admit(client, pulled));
		}).doOnDiscard(Pulled.class, Pulled::release);
	}

	private Mono<? extends Pulled> serve(RegistryRequest asked, ClientRequest client, RequestRecord record) {
		return switch (asked) {
			case RegistryRequest.Base() -> Mono.just(new Pulled.Local(MediaTypes.JSON, "{}"));
			case RegistryRequest.Catalog(NamePath name) -> {
				RegistryName registry = this.router.routeRegistry(client.wanted(name));
				record.registry(registry);
				yield this.listings.catalog(registry, page(client));
			}
			case RegistryRequest.Manifest(NamePath name, var reference) ->
				manifest(client, target(client, name, record), reference);
			case RegistryRequest.Blob(NamePath name, var digest) -> blob(client, target(client, name, record), digest);
			case RegistryRequest.Tags(NamePath name) -> this.listings.tags(target(client, name, record), page(client));
			case RegistryRequest.Referrers(NamePath name, var subject) ->
				this.listings.referrers(target(client, name, record), subject, page(client));
		};
	}

	/**
	 * Comes before all other conditions, and behind whatever else is wrong (RFC 9110,
	 * 13.2).
	 */
	private static void admit(ClientRequest client, Pulled pulled) {
		if (pulled.content().filter((it) -> !client.admits(it)).isPresent()) {
			pulled.release();
			throw new RequestException.PreconditionFailed("If-Match doesn't name the content that is there");
		}
	}

	/** What the client may not want is described first: that costs no pull. */
	private Mono<Pulled.Manifest> manifest(ClientRequest client, Target target, Reference reference) {
		boolean wanted = !client.isConditional() || (reference instanceof Digest digest && !client.declines(digest));
		Mono<Pulled.Manifest> described = this.manifests.head(target, reference, client.accept());
		if (client.isHead()) {
			return described;
		}
		Mono<Pulled.Manifest> pulled = Mono.defer(() -> this.manifests.get(target, reference, client.accept()));
		return wanted ? pulled : hint(described).filter((it) -> client.declines(it.digest())).switchIfEmpty(pulled);
	}

	/**
	 * Whether the client wants it comes before which part it wants (RFC 9110, 13.2.2).
	 */
	private Mono<Pulled> blob(ClientRequest client, Target target, Digest digest) {
		if (client.declines(digest)) {
			Mono<Pulled> described = this.blobs.head(target, digest, Optional.empty());
			return (client.isHead() ? described : hint(described)).filter((it) -> it.content().isPresent())
				.switchIfEmpty(Mono.defer(() -> part(client, target, digest, Optional.empty())));
		}
		Optional<ByteRange> range = client.range(digest);
		return range.filter(ByteRange::isOutsideOfAll).isPresent()
				? this.blobs.head(target, digest, Optional.empty()).flatMap((it) -> Mono.error(outside(digest, it)))
				: part(client, target, digest, range);
	}

	/**
	 * The client asked by GET and knows nothing of our HEAD: where that may fail by
	 * itself, the GET goes on. A 5xx is the answer: it has been asked by GET already.
	 */
	private static <T extends Pulled> Mono<T> hint(Mono<T> described) {
		return described.onErrorResume(RegistryHandler::mayBeOfHeadAlone, (_) -> Mono.empty());
	}

	private static boolean mayBeOfHeadAlone(Throwable failure) {
		return failure instanceof RequestException.NotFound || failure instanceof OverloadException.TooManyRequests
				|| failure instanceof UpstreamException.UpstreamUnreachable
				|| failure instanceof UpstreamException.InvalidAnswer;
	}

	private Mono<Pulled> part(ClientRequest client, Target target, Digest digest, Optional<ByteRange> range) {
		return client.isHead() ? this.blobs.head(target, digest, range) : this.blobs.get(target, digest, range);
	}

	private static RegistryException outside(Digest digest, Pulled whole) {
		OptionalLong length = switch (whole) {
			case Pulled.Elsewhere _ -> OptionalLong.empty();
			case Pulled.Blob _, Pulled.Manifest _, Pulled.Listing _, Pulled.Local _ -> whole.length();
		};
		Optional<ContentRange.Unsatisfied> extent = length.isPresent()
				? Optional.of(new ContentRange.Unsatisfied(length.getAsLong())) : Optional.empty();
		return new RequestException.RangeNotSatisfiable("the range lies outside of " + digest, extent)
			.from(whole.notes().from());
	}

	private Target target(ClientRequest client, NamePath name, RequestRecord record) {
		Target target = this.router.route(client.wanted(name));
		record.target(target);
		return target;
	}

	private static ListingPull.Page page(ClientRequest client) {
		return new ListingPull.Page(client.method(), client.query().withoutNamespace());
	}

	private static RegistryException unknown(ClientRequest client) {
		return new RequestException.NotFound(ErrorCode.NAME_UNKNOWN,
				"'" + Printable.of(client.path()) + "' is none of a registry's endpoints: the API is at /v2/");
	}

	private String pushInstead(ClientRequest client) {
		return "Sluice only pulls: push to " + registryMeant(client) + " directly";
	}

	private String registryMeant(ClientRequest client) {
		try {
			return this.router.registryOf(client.wanted(client.pathAfterRoot())).toString();
		}
		catch (RegistryException ex) {
			return "the registry";
		}
	}

}
