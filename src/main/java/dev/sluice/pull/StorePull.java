package dev.sluice.pull;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.concurrent.RejectedExecutionException;

import dev.sluice.oci.ByteRange;
import dev.sluice.oci.ContentRange;
import dev.sluice.oci.Digest;
import dev.sluice.oci.RequestException;
import dev.sluice.route.Target;
import dev.sluice.store.Store;
import dev.sluice.store.disk.StoredBlob;
import dev.sluice.store.fill.Fill;
import dev.sluice.store.space.NoRoomException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Pulls blobs through the store: what it has is served from there, and what it hasn't
 * comes in. A cached byte is no permission: whoever didn't bring it in has the upstream
 * say first that it is in this repository. Where the store can't, the pull goes past it;
 * the store itself says why. Thread-safe.
 */
final class StorePull {

	private static final Logger LOG = LoggerFactory.getLogger(StorePull.class);

	private final Store store;

	private final BlobPermission permission;

	private final DiskWork disk;

	private final UpstreamBlobs upstream;

	/**
	 * A way through a store.
	 * @param store the store
	 * @param permission who may have what is there
	 * @param disk where it may block; what it refuses, being full, goes past the store
	 * @param upstream the way past it
	 */
	StorePull(Store store, BlobPermission permission, DiskWork disk, UpstreamBlobs upstream) {
		this.store = store;
		this.permission = permission;
		this.disk = disk;
		this.upstream = upstream;
	}

	/**
	 * Pulls a blob or a part of it.
	 * @param wanted what the client wants
	 * @return as {@link BlobPull#get}; without a body, if that isn't wanted, as
	 * {@link BlobPull#head}
	 */
	Mono<Pulled> pull(WantedBlob wanted) {
		return found(wanted.digest()).flatMap((found) -> served(wanted, found))
			.onErrorResume(RejectedExecutionException.class, (_) -> past(wanted))
			.onErrorResume(NoRoomException.class, (full) -> pastFor(wanted, full));
	}

	private Mono<Store.Found> found(Digest digest) {
		return this.disk.call(() -> this.store.find(digest), Store.Found::release)
			.onErrorReturn(IOException.class, new Store.Found.Nothing());
	}

	private Mono<Pulled> served(WantedBlob wanted, Store.Found found) {
		return switch (found) {
			case Store.Found.Whole(var blob) -> whole(wanted, blob);
			case Store.Found.Coming(Fill fill) when wanted.isFarBeyond(fill.written()) -> {
				fill.release();
				yield past(wanted);
			}
			case Store.Found.Coming(Fill fill) -> coming(wanted, fill, permission(wanted));
			case Store.Found.Nothing() -> fetched(wanted);
		};
	}

	/** What isn't there comes in, if its beginning is wanted. */
	private Mono<Pulled> fetched(WantedBlob wanted) {
		return wanted.isFromZero() ? begun(wanted) : past(wanted);
	}

	/**
	 * A file of another length than it came in with has been damaged.
	 */
	private Mono<Pulled> whole(WantedBlob wanted, StoredBlob blob) {
		StoredFile file = StoredFile.of(blob);
		return permitted(permission(wanted), file, (here) -> {
			if (here.isOf(blob.length())) {
				return part(wanted, file, OptionalLong.of(blob.length()), here.notes());
			}
			file.release();
			return dropped(wanted.digest()).flatMap((gone) -> gone ? fetched(wanted) : past(wanted));
		});
	}

	private Mono<Boolean> dropped(Digest digest) {
		return this.disk.call(() -> {
			LOG.warn("{} has another length on disk than it came with: it is dropped", digest);
			this.store.drop(digest);
			return true;
		}).onErrorResume(IOException.class, (failure) -> {
			LOG.warn("{} can't be dropped: {}", digest, failure.toString());
			return Mono.just(false);
		});
	}

	private Mono<Pulled> coming(WantedBlob wanted, Fill fill, Mono<Permitted> permission) {
		StoredFile file = StoredFile.of(fill, new Detour(wanted.target(), wanted.digest(), this.upstream, fill));
		return permitted(permission, file,
				(here) -> fill.begun()
					.flatMap((total) -> part(wanted, file, total, here.notes()))
					.doOnError((_) -> file.release())
					.onErrorResume((failure) -> !(failure instanceof RequestException.RangeNotSatisfiable),
							(_) -> past(wanted)));
	}

	private Mono<Permitted> permission(WantedBlob wanted) {
		return this.permission.check(wanted.target(), wanted.digest());
	}

	private static Mono<Pulled> permitted(Mono<Permitted> permission, StoredFile file,
			Function<Permitted.Here, Mono<Pulled>> served) {
		return permission.flatMap((permitted) -> switch (permitted) {
			case Permitted.There(var elsewhere) -> {
				file.release();
				yield Mono.<Pulled>just(elsewhere);
			}
			case Permitted.Here here -> served.apply(here);
		}).doOnError((_) -> file.release()).doOnCancel(file::release);
	}

	/** Others may have begun at the same moment: theirs is joined then. */
	private Mono<Pulled> begun(WantedBlob wanted) {
		UpstreamSupply supply = new UpstreamSupply(this.upstream, wanted.target(), wanted.digest());
		return this.disk.call(() -> this.store.begin(wanted.digest(), supply), (fill) -> fill.ifPresent(Fill::release))
			.onErrorReturn(IOException.class, Optional.empty())
			.flatMap((fill) -> fill.map((own) -> coming(wanted, own, answer(wanted, own, supply)))
				.orElseGet(() -> found(wanted.digest()).flatMap((found) -> joined(wanted, found))));
	}

	private Mono<Pulled> joined(WantedBlob wanted, Store.Found found) {
		return (found instanceof Store.Found.Nothing) ? past(wanted) : served(wanted, found);
	}

	/**
	 * Who begins a fill is permitted by its answer, and others of that repository too.
	 */
	private Mono<Permitted> answer(WantedBlob wanted, Fill fill, UpstreamSupply supply) {
		return this.permission.expect(wanted.target(), wanted.digest(), fill.verdict(),
				fill.begun()
					.map((_) -> supply.said())
					.onErrorResume(UpstreamSupply.PassedOn.class, (elsewhere) -> Mono.just(elsewhere.said())));
	}

	/** Of a length that isn't known, no part can be told. */
	private Mono<Pulled> part(WantedBlob wanted, StoredFile file, OptionalLong total, Notes notes) {
		if (wanted.range().isEmpty()) {
			return Mono.just(new Pulled.Blob(wanted.digest(), total, Optional.empty(), notes, file.origin(),
					body(wanted, file, 0, total.orElse(Long.MAX_VALUE))));
		}
		if (total.isEmpty()) {
			file.release();
			return past(wanted);
		}
		Optional<ContentRange.Part> part = wanted.range().get().within(total.getAsLong());
		return part
			.map((it) -> Mono.<Pulled>just(new Pulled.Blob(wanted.digest(), OptionalLong.of(it.size()), part, notes,
					file.origin(), body(wanted, file, it.first(), it.last() + 1))))
			.orElseGet(() -> Mono
				.error(new RequestException.RangeNotSatisfiable("the range lies outside of " + wanted.digest(),
						Optional.of(new ContentRange.Unsatisfied(total.getAsLong())))
					.from(notes.from())));
	}

	private static Body body(WantedBlob wanted, StoredFile file, long first, long end) {
		if (!wanted.isHead()) {
			return file.body(first, end);
		}
		file.release();
		return new Body.None();
	}

	private Mono<Pulled> pastFor(WantedBlob wanted, NoRoomException full) {
		LOG.debug("{} passes the store by: {}", wanted.digest(), full.getMessage());
		return past(wanted);
	}

	private Mono<Pulled> past(WantedBlob wanted) {
		return wanted.isHead() ? this.upstream.head(wanted.target(), wanted.digest(), wanted.range())
				: this.upstream.get(wanted.target(), wanted.digest(), wanted.range());
	}

}
