package dev.sluice.pull;

import java.util.Optional;
import java.util.OptionalLong;

import dev.sluice.oci.ByteRange;
import dev.sluice.oci.ContentRange;
import dev.sluice.oci.Digest;
import dev.sluice.oci.MediaTypes;
import dev.sluice.oci.UpstreamException;
import dev.sluice.route.Target;
import dev.sluice.upstream.AskedAs;
import dev.sluice.upstream.Described;
import dev.sluice.upstream.UpstreamAnswer;
import dev.sluice.upstream.UpstreamDirectory;
import dev.sluice.upstream.UpstreamRequest;
import io.netty.handler.codec.http.HttpMethod;
import reactor.core.publisher.Mono;

/**
 * Blobs as their upstreams give them. Thread-safe.
 */
final class UpstreamBlobs {

	private final UpstreamDirectory upstreams;

	UpstreamBlobs(UpstreamDirectory upstreams) {
		this.upstreams = upstreams;
	}

	/**
	 * Asks for a blob or a part of it.
	 * @return the blob, or the upstream's redirect where those are passed on
	 */
	Mono<Pulled> get(Target target, Digest digest, Optional<ByteRange> range) {
		return open(target, digest, range).map(Opened::pulled);
	}

	/** The same, and who was given it. */
	Mono<Opened> open(Target target, Digest digest, Optional<ByteRange> range) {
		UpstreamRequest request = UpstreamRequest.blob(HttpMethod.GET, target.repository(), digest, range);
		return this.upstreams.client(target.registry())
			.flatMap((client) -> client.fetch(request,
					(answer) -> checked(target, digest, answer).map((it) -> opened(digest, it))));
	}

	private static Opened opened(Digest digest, UpstreamAnswer answer) {
		return new Opened(answer.askedAs(), pulled(digest, answer, new Body.Streamed(answer.body(), answer::release)),
				isPage(answer));
	}

	private static boolean isPage(UpstreamAnswer answer) {
		return answer.described().mediaType().filter(MediaTypes::isPage).isPresent();
	}

	/**
	 * Asks for a blob's length. An answer that doesn't tell it is a hint only: the first
	 * byte is asked for then.
	 * @return the blob without its body, or the upstream's redirect
	 */
	Mono<Pulled> head(Target target, Digest digest, Optional<ByteRange> range) {
		UpstreamRequest request = UpstreamRequest.blob(HttpMethod.HEAD, target.repository(), digest, range);
		return this.upstreams.client(target.registry())
			.flatMap((client) -> client.describe(request, (answer) -> told(target, digest, answer),
					(answer) -> described(target, digest, answer)));
	}

	/**
	 * Asks whether a repository has a blob, and may give it to us.
	 * @return that it does, without a body; its error is what the upstream says
	 * otherwise, also by the page of whoever stands in between
	 */
	Mono<Opened> ask(Target target, Digest digest) {
		UpstreamRequest request = UpstreamRequest.blob(HttpMethod.HEAD, target.repository(), digest, Optional.empty());
		return this.upstreams.client(target.registry())
			.flatMap((client) -> client.describe(request, (answer) -> asked(target, digest, answer),
					(answer) -> asked(target, digest, answer)));
	}

	private static Mono<Opened> asked(Target target, Digest digest, UpstreamAnswer answer) {
		answer.release();
		if (isPage(answer) && answer.redirect().isEmpty()) {
			return Mono.error(new UpstreamException.InvalidAnswer(
					target.registry() + " answered with an HTML page: is there a login page or a proxy in the way?"));
		}
		return checked(target, digest, answer)
			.map((it) -> new Opened(it.askedAs(), pulled(digest, it, new Body.None()), false));
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
		return checked(target, digest, answer).map((it) -> pulled(digest, it, new Body.None()));
	}

	private static Mono<UpstreamAnswer> checked(Target target, Digest digest, UpstreamAnswer answer) {
		Optional<Digest> other = answer.described().digest().filter(digest::contradicts);
		if (other.isPresent()) {
			answer.release();
			return Mono.error(new UpstreamException.InvalidAnswer(
					target.registry() + " answered " + other.get() + " when asked for " + digest));
		}
		return Mono.just(answer);
	}

	private static Pulled pulled(Digest digest, UpstreamAnswer answer, Body body) {
		Described described = answer.described();
		return answer.redirect().<Pulled>map((redirect) -> {
			answer.release();
			return new Pulled.Elsewhere(digest, redirect, answer.location(), Notes.of(answer));
		}).orElseGet(() -> new Pulled.Blob(digest, described.length(), described.part(), Notes.of(answer), body));
	}

	/**
	 * A blob as it was answered.
	 *
	 * @param as who was given it
	 * @param pulled what was given
	 * @param isPage whether it says that it is a page of HTML, as a blob may be
	 */
	record Opened(AskedAs as, Pulled pulled, boolean isPage) {

		/** How long all of the blob is, if it is told. */
		OptionalLong total() {
			return (this.pulled instanceof Pulled.Blob blob)
					? blob.part().map(ContentRange.Part::length).orElse(blob.length()) : OptionalLong.empty();
		}

	}

}
