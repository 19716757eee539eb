package dev.sluice.pull;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import dev.sluice.oci.CredentialException;
import dev.sluice.oci.Digest;
import dev.sluice.oci.RegistryException;
import dev.sluice.oci.RequestException;
import dev.sluice.route.Target;
import dev.sluice.store.link.Link;
import dev.sluice.store.link.LinkKey;
import dev.sluice.store.link.Links;
import dev.sluice.upstream.AskedAs;
import dev.sluice.upstream.UpstreamDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Whether a repository may serve a blob that is held: by the upstream's word, which holds
 * for a while for the credential that got it. A word that can't be had again, since the
 * upstream can't be asked, holds for longer. Thread-safe.
 */
final class BlobPermission {

	private static final Logger LOG = LoggerFactory.getLogger(BlobPermission.class);

	private final Links links;

	private final UpstreamDirectory upstreams;

	private final UpstreamBlobs blobs;

	private final Freshness freshness;

	private final DiskWork disk;

	private final InstantSource clock;

	/** Those that are asked just now: as many as requests at most. */
	private final Map<LinkKey, Mono<Permitted>> asking = new ConcurrentHashMap<>();

	BlobPermission(Links links, UpstreamDirectory upstreams, UpstreamBlobs blobs, Freshness freshness, DiskWork disk,
			InstantSource clock) {
		this.links = links;
		this.upstreams = upstreams;
		this.blobs = blobs;
		this.freshness = freshness;
		this.disk = disk;
		this.clock = clock;
	}

	/**
	 * Whether a blob may be served, for which the upstream is asked if need be.
	 * @return that it may; its error is what the upstream says otherwise
	 */
	Mono<Permitted> check(Target target, Digest digest) {
		LinkKey key = key(target, digest);
		return this.disk.call(() -> known(key)).onErrorResume(IOException.class, (failure) -> {
			LOG.warn("the store's links can't be read: {}", failure.toString());
			return Mono.just(Optional.empty());
		}).flatMap((known) -> known.map((it) -> check(target, key, it)).orElseGet(() -> ask(target, key)));
	}

	/**
	 * An upstream is being asked for a blob: its answer counts for whoever wants to know
	 * the same until the blob is there, and is remembered once it is verified.
	 * @param verdict the verified blob's length
	 * @param answer what the upstream says
	 * @return as {@link #check}
	 */
	Mono<Permitted> expect(Target target, Digest digest, Mono<Long> verdict, Mono<UpstreamBlobs.Opened> answer) {
		LinkKey key = key(target, digest);
		Mono<UpstreamBlobs.Opened> said = answer.cache();
		Mono<Permitted> expected = said.map(Permitted::of);
		this.asking.put(key, expected);
		verdict.flatMap((length) -> said.flatMap((it) -> confirmed(key, it, OptionalLong.of(length))))
			.onErrorComplete()
			.doFinally((_) -> this.asking.remove(key, expected))
			.subscribe();
		return expected;
	}

	/** What an upstream tells of a length may be wrong, and isn't remembered. */
	private Mono<Void> confirmed(LinkKey key, UpstreamBlobs.Opened said, OptionalLong length) {
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.SECONDS);
		return this.disk.call(() -> {
			OptionalLong known = length.isPresent() ? length
					: this.links.find(key).map(Link::length).orElse(OptionalLong.empty());
			this.links.keep(key, new Link(known, now, said.as().fingerprint(this.links.key())));
			return key;
		}).onErrorComplete(IOException.class).then();
	}

	private Optional<Known> known(LinkKey key) throws IOException {
		Optional<Link> link = this.links.find(key);
		if (link.isEmpty()) {
			return Optional.empty();
		}
		byte[] secret = this.links.key();
		return Optional.of(new Known(link.get(), (as) -> as.fingerprint(secret).equals(link.get().fingerprint())));
	}

	private Mono<Permitted> check(Target target, LinkKey key, Known known) {
		Link link = known.link();
		Mono<Standing> standing = standing(target, known).cache();
		Mono<Permitted> asked = ask(target, key).onErrorResume(RegistryException.class,
				(failure) -> standing.flatMap((it) -> refused(target, key, link, it, failure)));
		return link.isWithin(this.clock.instant(), this.freshness.accessRecheck())
				? standing.flatMap((it) -> (it == Standing.SAME) ? Mono.just(Permitted.by(link)) : asked) : asked;
	}

	/** Whether whoever got the upstream's word would be asked as now. */
	private Mono<Standing> standing(Target target, Known known) {
		if (AskedAs.isNobodys(known.link().fingerprint())) {
			return Mono.just(Standing.SAME);
		}
		return this.upstreams.client(target.registry())
			.flatMapMany((client) -> client.mayAskAs(target.repository()))
			.filter((as) -> !as.isNobody())
			.map(known.isOf()::test)
			.onErrorResume(RegistryException.class, (_) -> Flux.just(false))
			.takeUntil(Boolean::booleanValue)
			.reduce(Boolean::logicalOr)
			.map((same) -> same ? Standing.SAME : Standing.OTHER)
			.defaultIfEmpty(Standing.NONE);
	}

	/** Whoever wants to know the same waits for the same answer. */
	private Mono<Permitted> ask(Target target, LinkKey key) {
		return Mono
			.defer(() -> this.asking.computeIfAbsent(key, (_) -> heard(key, this.blobs.ask(target, key.digest()))));
	}

	/** What is elsewhere is none that we may hand out. */
	private Mono<Permitted> heard(LinkKey key, Mono<UpstreamBlobs.Opened> answer) {
		return answer.flatMap((said) -> {
			Permitted permitted = Permitted.of(said);
			return (permitted instanceof Permitted.There) ? Mono.just(permitted)
					: confirmed(key, said, OptionalLong.empty()).thenReturn(permitted);
		}).doFinally((_) -> this.asking.remove(key)).cache();
	}

	private Mono<Permitted> refused(Target target, LinkKey key, Link link, Standing standing,
			RegistryException failure) {
		if (isRefusal(failure)) {
			if (!(failure instanceof CredentialException.CredentialRejected)) {
				this.links.remove(key);
			}
			return Mono.error(failure);
		}
		boolean stale = standing != Standing.NONE && link.isWithin(this.clock.instant(), this.freshness.serveStale());
		if (!stale) {
			return Mono.error(failure);
		}
		LOG.info("{} of {}/{} is served as it was confirmed at {}: {}", key.digest(), target.registry(),
				target.repository(), link.confirmed(), failure.getMessage());
		return Mono.just(Permitted.stale(target, link));
	}

	/**
	 * That the registry says no, or knows nobody of that name: not that it can't be
	 * asked.
	 */
	private static boolean isRefusal(RegistryException failure) {
		return !failure.isSecondHand() && switch (failure) {
			case CredentialException.AccessDenied _, CredentialException.CredentialRejected _,
					RequestException.NotFound _ ->
				true;
			default -> false;
		};
	}

	private static LinkKey key(Target target, Digest digest) {
		return new LinkKey(target.registry(), target.repository(), digest);
	}

	/** Of whoever got an upstream's word. */
	private enum Standing {

		/** It would be asked as the same one. */
		SAME,
		/** It would be asked as somebody else, or that can't be found out. */
		OTHER,
		/** Nobody is left that it could be asked as. */
		NONE

	}

	/**
	 * What is known of a repository and a blob.
	 *
	 * @param link the upstream's word of before
	 * @param isOf whether somebody is who got it
	 */
	private record Known(Link link, Predicate<AskedAs> isOf) {
	}

}
