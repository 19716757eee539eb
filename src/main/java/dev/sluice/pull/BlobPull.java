package dev.sluice.pull;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.sluice.oci.Digest;
import dev.sluice.oci.MediaTypes;
import dev.sluice.oci.RegistryException;
import dev.sluice.route.Target;
import dev.sluice.upstream.UpstreamAnswer;
import dev.sluice.upstream.UpstreamDirectory;
import dev.sluice.upstream.UpstreamRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import reactor.core.publisher.Mono;

/**
 * Pulls blobs (distribution spec, end-2): buffers are passed on as they arrive, never
 * held. Thread-safe.
 */
public final class BlobPull {

	private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (?:\\d+-\\d+|\\*)/(\\d{1,18})");

	private final UpstreamDirectory upstreams;

	public BlobPull(UpstreamDirectory upstreams) {
		this.upstreams = upstreams;
	}

	/**
	 * Pulls a blob or a part of it.
	 * @param target its repository
	 * @param digest its digest
	 * @param range the client's {@code Range}, if it is one range
	 * @return the blob, or the upstream's redirect where those are passed on
	 */
	public Mono<Pulled> get(Target target, Digest digest, Optional<String> range) {
		return this.upstreams.client(target.registry())
			.flatMap((client) -> client.fetch(UpstreamRequest.blob(HttpMethod.GET, target.repository(), digest, range)))
			.flatMap((answer) -> checked(target, digest, range, answer))
			.map((answer) -> pulled(answer, digest, answer.status(), answer.contentLength()));
	}

	/**
	 * Asks for a blob's length. An answer that doesn't tell it is a hint only: the first
	 * byte is asked for then.
	 * @param target its repository
	 * @param digest its digest
	 * @param range the client's {@code Range}, if it is one range
	 * @return the blob without its body
	 */
	public Mono<Pulled> head(Target target, Digest digest, Optional<String> range) {
		return this.upstreams.client(target.registry())
			.flatMap(
					(client) -> client.fetch(UpstreamRequest.blob(HttpMethod.HEAD, target.repository(), digest, range)))
			.flatMap((answer) -> checked(target, digest, range, answer))
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
			.flatMap((client) -> client
				.fetch(UpstreamRequest.blob(HttpMethod.GET, target.repository(), digest, Optional.of("bytes=0-0"))))
			.flatMap((answer) -> checked(target, digest, Optional.of("bytes=0-0"), answer))
			.map((answer) -> {
				boolean part = answer.status() == 206;
				return pulled(answer, digest, part ? 200 : answer.status(),
						part ? wholeLength(answer) : answer.contentLength());
			});
	}

	private static Optional<Digest> announced(UpstreamAnswer answer) {
		return answer.header("Docker-Content-Digest").flatMap(Digest::tryParse);
	}

	private static Mono<UpstreamAnswer> checked(Target target, Digest digest, Optional<String> range,
			UpstreamAnswer answer) {
		Optional<Digest> announced = announced(answer);
		boolean otherBlob = announced.filter(digest::contradicts).isPresent();
		boolean unwantedPart = answer.status() == 206 && range.isEmpty() && !answer.isHeadByGet();
		if (otherBlob || unwantedPart) {
			answer.release();
			return Mono.error(new RegistryException.InvalidAnswer(target.registry() + " answered "
					+ (otherBlob ? announced.get() : "a part of a blob") + " when asked for " + digest));
		}
		return Mono.just(answer);
	}

	private static Pulled described(UpstreamAnswer answer, Digest digest, Optional<String> range) {
		answer.release();
		boolean probed = answer.isHeadByGet() && answer.status() == 206 && range.isEmpty();
		return probed ? pulled(answer, digest, 200, wholeLength(answer))
				: pulled(answer, digest, answer.status(), answer.contentLength());
	}

	private static OptionalLong wholeLength(UpstreamAnswer answer) {
		Matcher matcher = CONTENT_RANGE.matcher(answer.header(HttpHeaderNames.CONTENT_RANGE).orElse(""));
		return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
	}

	private static Pulled pulled(UpstreamAnswer answer, Digest asked, int status, OptionalLong length) {
		Digest digest = announced(answer).orElse(asked);
		Map<String, String> headers = new HashMap<>();
		if (status >= 300) {
			answer.release();
			headers.put("Location", answer.location());
			return new Pulled(status, MediaTypes.BLOB, OptionalLong.of(0), Optional.of(digest), headers,
					Notes.of(answer), new Body.None());
		}
		headers.put("Accept-Ranges", "bytes");
		if (status == 206) {
			answer.header(HttpHeaderNames.CONTENT_RANGE).ifPresent((value) -> headers.put("Content-Range", value));
		}
		return new Pulled(status, MediaTypes.BLOB, length, Optional.of(digest), headers, Notes.of(answer),
				new Body.Streamed(answer.body(), answer::release));
	}

}
