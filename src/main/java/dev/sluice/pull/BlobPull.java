package dev.sluice.pull;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import dev.sluice.oci.ByteRange;
import dev.sluice.oci.ContentRange;
import dev.sluice.oci.Digest;
import dev.sluice.oci.MediaTypes;
import dev.sluice.oci.UpstreamException;
import dev.sluice.route.Target;
import dev.sluice.upstream.UpstreamAnswer;
import dev.sluice.upstream.UpstreamDirectory;
import dev.sluice.upstream.UpstreamRequest;
import io.netty.handler.codec.http.HttpMethod;
import reactor.core.publisher.Mono;

/**
 * Pulls blobs (distribution spec, end-2): buffers are passed on as they arrive, never
 * held. Thread-safe.
 */
public final class BlobPull {

	private final UpstreamDirectory upstreams;

	public BlobPull(UpstreamDirectory upstreams) {
		this.upstreams = upstreams;
	}

	/**
	 * Pulls a blob or a part of it.
	 * @param target its repository
	 * @param digest its digest
	 * @param range the part that the client wants, if not all
	 * @return the blob, or the upstream's redirect where those are passed on
	 */
	public Mono<Pulled> get(Target target, Digest digest, Optional<ByteRange> range) {
		return this.upstreams.client(target.registry())
			.flatMap((client) -> client.fetch(UpstreamRequest.blob(HttpMethod.GET, target.repository(), digest, range)))
			.flatMap((answer) -> checked(target, digest, answer))
			.map((answer) -> pulled(answer, digest, answer.status(), answer.contentLength()));
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
		return this.upstreams.client(target.registry())
			.flatMap(
					(client) -> client.fetch(UpstreamRequest.blob(HttpMethod.HEAD, target.repository(), digest, range)))
			.flatMap((answer) -> checked(target, digest, answer))
			.flatMap((answer) -> saysNoLength(answer, digest) ? measured(target, digest, answer)
					: Mono.just(described(answer, digest, range)))
			.map(Pulled::withoutBody);
	}

	/** Of no blob but the empty one zero can be true. */
	private static boolean saysNoLength(UpstreamAnswer answer, Digest digest) {
		return answer.status() == 200 && !answer.isHeadByGet() && answer.contentLength().orElse(0) == 0
				&& !digest.matches(new byte[0]);
	}

	private Mono<Pulled> measured(Target target, Digest digest, UpstreamAnswer hint) {
		hint.release();
		return this.upstreams.client(target.registry())
			.flatMap((client) -> client.fetch(UpstreamRequest.blob(HttpMethod.GET, target.repository(), digest,
					Optional.of(ByteRange.FIRST_BYTE))))
			.flatMap((answer) -> checked(target, digest, answer))
			.map((answer) -> pulled(answer, digest, (answer.status() == 206) ? 200 : answer.status(),
					wholeLength(answer)));
	}

	private static Optional<Digest> announced(UpstreamAnswer answer) {
		return answer.header("Docker-Content-Digest").flatMap(Digest::tryParse);
	}

	private static Mono<UpstreamAnswer> checked(Target target, Digest digest, UpstreamAnswer answer) {
		Optional<Digest> other = announced(answer).filter(digest::contradicts);
		if (other.isPresent()) {
			answer.release();
			return Mono.error(new UpstreamException.InvalidAnswer(
					target.registry() + " answered " + other.get() + " when asked for " + digest));
		}
		return Mono.just(answer);
	}

	private static Pulled described(UpstreamAnswer answer, Digest digest, Optional<ByteRange> range) {
		answer.release();
		return (answer.isHeadByGet() && range.isEmpty())
				? pulled(answer, digest, (answer.status() == 206) ? 200 : answer.status(), wholeLength(answer))
				: pulled(answer, digest, answer.status(), answer.contentLength());
	}

	private static OptionalLong wholeLength(UpstreamAnswer answer) {
		return answer.part().map(ContentRange.Part::length).orElseGet(answer::contentLength);
	}

	private static Pulled pulled(UpstreamAnswer answer, Digest digest, int status, OptionalLong length) {
		Map<String, String> headers = new HashMap<>();
		if (status >= 300) {
			answer.release();
			headers.put("Location", answer.location());
			return new Pulled(status, MediaTypes.BLOB, OptionalLong.of(0), Optional.of(digest), headers,
					Notes.of(answer), new Body.None());
		}
		headers.put("Accept-Ranges", "bytes");
		if (status == 206) {
			answer.part().ifPresent((part) -> headers.put("Content-Range", part.toString()));
		}
		return new Pulled(status, MediaTypes.BLOB, length, Optional.of(digest), headers, Notes.of(answer),
				new Body.Streamed(answer.body(), answer::release));
	}

}
