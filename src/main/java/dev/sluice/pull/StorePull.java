package dev.sluice.pull;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

import dev.sluice.oci.ByteRange;
import dev.sluice.oci.ContentRange;
import dev.sluice.oci.Digest;
import dev.sluice.oci.RequestException;
import dev.sluice.route.Target;
import dev.sluice.store.Store;
import dev.sluice.store.fill.Fill;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Pulls blobs through the store: what it has is served from there, and what it hasn't
 * comes in. A cached byte is no permission: whoever didn't bring it in has the upstream
 * say first that it is in this repository. Where the store can't, the pull goes past it.
 * Thread-safe.
 */
final class StorePull {

	private static final Logger LOG = LoggerFactory.getLogger(StorePull.class);

	/** Bytes beyond what has come that are waited for: others are asked for apart. */
	private static final long NEAR = 64 * 1024 * 1024;

	private final Store store;

	private final Freshness freshness;

	private final Scheduler disk;

	private final BlobPull past;

	/**
	 * A way through a store.
	 * @param store the store
	 * @param freshness how long the upstream's word holds
	 * @param disk where it may block
	 * @param past the way past it
	 */
	StorePull(Store store, Freshness freshness, Scheduler disk, BlobPull past) {
		this.store = store;
		this.freshness = freshness;
		this.disk = disk;
		this.past = past;
	}

	/**
	 * Pulls a blob or a part of it.
	 * @param target its repository
	 * @param digest its digest
	 * @param range the part that the client wants, if not all
	 * @return as {@link BlobPull#get}
	 */
	Mono<Pulled> get(Target target, Digest digest, Optional<ByteRange> range) {
		Wanted wanted = new Wanted(target, digest, range);
		return found(digest).flatMap((found) -> switch (found) {
			case Store.Found.Nothing() when wanted.isFromZero() -> begun(wanted);
			case Store.Found.Whole _, Store.Found.Coming _, Store.Found.Nothing _ -> served(wanted, found);
		});
	}

	private Mono<Store.Found> found(Digest digest) {
		return Mono.fromCallable(() -> this.store.find(digest))
			.subscribeOn(this.disk)
			.onErrorResume(IOException.class, (failure) -> {
				LOG.warn("the store can't be read: {}", failure.toString());
				return Mono.just(new Store.Found.Nothing());
			});
	}

	private Mono<Pulled> served(Wanted wanted, Store.Found found) {
		return switch (found) {
			case Store.Found.Whole(var blob) ->
				permitted(wanted, StoredFile.of(blob), Mono.just(OptionalLong.of(blob.length())));
			case Store.Found.Coming(Fill fill) when wanted.isFarBeyond(fill.written()) -> {
				fill.release();
				yield past(wanted);
			}
			case Store.Found.Coming(Fill fill) -> permitted(wanted, StoredFile.of(fill), fill.begun());
			case Store.Found.Nothing() -> past(wanted);
		};
	}

	/** What another's upstream says of its own repository tells this client nothing. */
	private Mono<Pulled> permitted(Wanted wanted, StoredFile file, Mono<OptionalLong> length) {
		return this.past.head(wanted.target(), wanted.digest(), Optional.empty())
			.flatMap((told) -> (told instanceof Pulled.Elsewhere) ? Mono.just(told).doOnNext((_) -> file.release())
					: length.flatMap((total) -> part(wanted, file, total, told.notes()))
						.onErrorResume((failure) -> !(failure instanceof RequestException.RangeNotSatisfiable),
								(_) -> past(wanted)))
			.doOnError((_) -> file.release())
			.doOnCancel(file::release);
	}

	/** Others may have begun at the same moment: theirs is joined then. */
	private Mono<Pulled> begun(Wanted wanted) {
		UpstreamSupply supply = new UpstreamSupply((part) -> this.past.get(wanted.target(), wanted.digest(), part));
		return Mono.fromCallable(() -> this.store.begin(wanted.digest(), supply))
			.subscribeOn(this.disk)
			.onErrorResume(IOException.class, (failure) -> {
				LOG.warn("the store can't be written: {}", failure.toString());
				return Mono.just(Optional.empty());
			})
			.flatMap((fill) -> fill.map((place) -> own(wanted, place, supply))
				.orElseGet(() -> found(wanted.digest()).flatMap((found) -> served(wanted, found))));
	}

	private Mono<Pulled> own(Wanted wanted, Fill fill, UpstreamSupply supply) {
		StoredFile file = StoredFile.of(fill);
		return fill.begun()
			.flatMap((total) -> part(wanted, file, total, supply.notes()))
			.onErrorResume(UpstreamSupply.PassedOn.class, (elsewhere) -> Mono.just(elsewhere.pulled()))
			.doOnError((_) -> file.release())
			.doOnCancel(file::release);
	}

	/** Of a length that isn't known, no part can be told. */
	private Mono<Pulled> part(Wanted wanted, StoredFile file, OptionalLong total, Notes notes) {
		if (wanted.range().isEmpty()) {
			return Mono.just(new Pulled.Blob(wanted.digest(), total, Optional.empty(), notes,
					file.body(0, total.orElse(Long.MAX_VALUE))));
		}
		if (total.isEmpty()) {
			file.release();
			return past(wanted);
		}
		Optional<ContentRange.Part> part = wanted.range().get().within(total.getAsLong());
		return part
			.map((it) -> Mono.<Pulled>just(new Pulled.Blob(wanted.digest(), OptionalLong.of(it.size()), part, notes,
					file.body(it.first(), it.last() + 1))))
			.orElseGet(() -> Mono
				.error(new RequestException.RangeNotSatisfiable("the range lies outside of " + wanted.digest(),
						Optional.of(new ContentRange.Unsatisfied(total.getAsLong())))
					.from(notes.from())));
	}

	private Mono<Pulled> past(Wanted wanted) {
		return this.past.get(wanted.target(), wanted.digest(), wanted.range());
	}

	private record Wanted(Target target, Digest digest, Optional<ByteRange> range) {

		/** Who wants an end first, as lazy pullers do, mustn't wait for all of it. */
		boolean isFromZero() {
			return this.range.isEmpty() || (this.range.get() instanceof ByteRange.Span span && span.first() == 0);
		}

		boolean isFarBeyond(long written) {
			return this.range.filter((it) -> switch (it) {
				case ByteRange.Span span -> span.first() > written + NEAR;
				case ByteRange.Suffix _ -> true;
			}).isPresent();
		}

	}

}
