package dev.sluice.pull;

import java.time.InstantSource;
import java.util.Optional;

import dev.sluice.oci.ByteRange;
import dev.sluice.oci.Digest;
import dev.sluice.route.Target;
import dev.sluice.store.Store;
import dev.sluice.upstream.UpstreamDirectory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Pulls blobs (distribution spec, end-2): through a store, or by buffers that are passed
 * on as they arrive and never held. Thread-safe.
 */
public final class BlobPull {

	private final UpstreamBlobs upstream;

	private final @Nullable StorePull store;

	public BlobPull(UpstreamDirectory upstreams) {
		this.upstream = new UpstreamBlobs(upstreams);
		this.store = null;
	}

	/**
	 * Pulls blobs through a store.
	 * @param upstreams the upstreams
	 * @param store the store
	 * @param freshness how long the upstream's word holds
	 * @param disk where the store may block
	 */
	public BlobPull(UpstreamDirectory upstreams, Store store, Freshness freshness, Scheduler disk) {
		this(upstreams, store, freshness, disk, InstantSource.system());
	}

	BlobPull(UpstreamDirectory upstreams, Store store, Freshness freshness, Scheduler disk, InstantSource clock) {
		this.upstream = new UpstreamBlobs(upstreams);
		DiskWork work = new DiskWork(disk);
		BlobPermission permission = new BlobPermission(store.links(), upstreams, this.upstream, freshness, work, clock);
		this.store = new StorePull(store, permission, work, this.upstream);
	}

	/**
	 * Pulls a blob or a part of it.
	 * @param target its repository
	 * @param digest its digest
	 * @param range the part that the client wants, if not all
	 * @return the blob, or the upstream's redirect where those are passed on
	 */
	public Mono<Pulled> get(Target target, Digest digest, Optional<ByteRange> range) {
		return (this.store != null) ? this.store.pull(new WantedBlob(target, digest, range, false))
				: this.upstream.get(target, digest, range);
	}

	/**
	 * Asks for a blob's length. An answer that doesn't tell it is a hint only: the first
	 * byte is asked for then.
	 * @param target its repository
	 * @param digest its digest
	 * @param range the part that the client wants, if not all
	 * @return the blob without its body
	 */
	public Mono<Pulled> head(Target target, Digest digest, Optional<ByteRange> range) {
		return (this.store != null) ? this.store.pull(new WantedBlob(target, digest, range, true))
				: this.upstream.head(target, digest, range);
	}

}
