package dev.sluice.pull;

import java.util.Optional;

import dev.sluice.oci.ByteRange;
import dev.sluice.oci.Digest;
import dev.sluice.oci.RedirectKind;
import dev.sluice.oci.UpstreamException;
import dev.sluice.route.Target;
import dev.sluice.store.Store;
import dev.sluice.upstream.Described;
import dev.sluice.upstream.UpstreamAnswer;
import dev.sluice.upstream.UpstreamDirectory;
import dev.sluice.upstream.UpstreamRequest;
import io.netty.handler.codec.http.HttpMethod;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Pulls blobs (distribution spec, end-2): through a store, or by buffers that are passed
 * on as they arrive and never held. Thread-safe.
 */
public final class BlobPull {

	private final UpstreamDirectory upstreams;

	private final @Nullable StorePull store;

	public BlobPull(UpstreamDirectory upstreams) {
		this.upstreams = upstreams;
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
		this.upstreams = upstreams;
		this.store = new StorePull(store, freshness, disk, new BlobPull(upstreams));
	}

	/**
	 * Pulls a blob or a part of it.
	 * @param target its repository
	 * @param digest its digest
	 * @param range the part that the client wants, if not all
	 * @return the blob, or the upstream's redirect where those are passed on
	 */
	public Mono<Pulled> get(Target target, Digest digest, Optional<ByteRange> range) {
		return (this.store != null) ? this.store.get(target, digest, range) : this.upstreams.client(target.registry())
			.flatMap((client) -> client.fetch(UpstreamRequest.blob(HttpMethod.GET, target.repository(), digest, range),
					(answer) -> pulled(target, digest, answer, new Body.Streamed(answer.body(), answer::release))));
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
		UpstreamRequest request = UpstreamRequest.blob(HttpMethod.HEAD, target.repository(), digest, range);
		return this.upstreams.client(target.registry())
			.flatMap((client) -> client.describe(request, (answer) -> told(target, digest, answer),
					(answer) -> described(target, digest, answer)));
	}

	private static Mono<Pulled> told(Target target, Digest digest, UpstreamAnswer answer) {
		return described(target, digest, answer)
			.filter((pulled) -> pulled instanceof Pulled.Elsewhere || saysLength(digest, pulled));
	}

	/** Of no blob but the empty one zero can be true. */
	private static boolean saysLength(Digest digest, Pulled pulled) {
		return pulled.length().orElse(0) > 0 || digest.matches(new byte[0]);
	}

	private static Mono<Pulled> described(Target target, Digest digest, UpstreamAnswer answer) {
		answer.release();
		return pulled(target, digest, answer, new Body.None());
	}

	private static Mono<Pulled> pulled(Target target, Digest digest, UpstreamAnswer answer, Body body) {
		Described described = answer.described();
		Optional<Digest> other = described.digest().filter(digest::contradicts);
		if (other.isPresent()) {
			answer.release();
			return Mono.error(new UpstreamException.InvalidAnswer(
					target.registry() + " answered " + other.get() + " when asked for " + digest));
		}
		Optional<RedirectKind> redirect = answer.redirect();
		if (redirect.isPresent()) {
			answer.release();
			return Mono.just(new Pulled.Elsewhere(digest, redirect.get(), answer.location(), Notes.of(answer)));
		}
		return Mono.just(new Pulled.Blob(digest, described.length(), described.part(), Notes.of(answer), body));
	}

}
