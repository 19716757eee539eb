package dev.sluice.upstream;

import java.util.Optional;

import dev.sluice.credential.Login;
import dev.sluice.oci.ContentRange;
import dev.sluice.oci.ErrorCode;
import dev.sluice.oci.OverloadException;
import dev.sluice.oci.RegistryException;
import dev.sluice.oci.RequestException;
import dev.sluice.oci.UpstreamException;
import dev.sluice.token.RegistryError;
import dev.sluice.token.RetryAfter;
import io.netty.handler.codec.http.HttpHeaderNames;
import reactor.core.publisher.Mono;

/**
 * Tells a good answer from a bad one, and says what the bad one means. Thread-safe.
 */
final class StatusCheck {

	private StatusCheck() {
	}

	/**
	 * Lets a good answer pass.
	 * @param reply what came back
	 * @return the answer; {@link HeadRefused} for a HEAD that is to be repeated; a
	 * {@link RegistryException}, which says where it comes from, for any other, which is
	 * released
	 */
	static Mono<UpstreamAnswer> check(Reply reply) {
		Sent sent = reply.sent();
		return switch (reply) {
			case Reply.Refused _ when sent.request().isHead() -> Mono.error(new HeadRefused());
			case Reply.Refused refused -> Mono.error(() -> told(sent, refused.failure(), refused.refusal().status()));
			case UpstreamAnswer answer -> check(sent.request(), answer).onErrorMap(RegistryException.class,
					(failure) -> told(sent, answer.isRegistrys() ? failure : failure.secondHand(), answer.status()));
		};
	}

	/** Each registry without a list of referrers says so in its own way. */
	private static RegistryException told(Sent sent, RegistryException failure, int status) {
		UpstreamRequest request = sent.request();
		boolean none = failure instanceof UpstreamException.InvalidAnswer
				|| failure instanceof RequestException.RefusedAsMalformed || status == 501;
		RegistryException told = (none && request.kind() == UpstreamRequest.Kind.REFERRERS)
				? new RequestException.NotFound(ErrorCode.UNSUPPORTED,
						failure.getMessage() + ": it seems to have no list of referrers")
				: failure;
		return told.from(sent.provenance());
	}

	private static Mono<UpstreamAnswer> check(UpstreamRequest request, UpstreamAnswer answer) {
		int status = answer.status();
		if (status == 200 || status == 206) {
			return request.isHead() ? checkHead(request, answer) : checkBody(request, answer);
		}
		if (RedirectFollower.isRedirect(status, answer.headers())) {
			return Mono.just(answer);
		}
		if (request.isHead() && isHint(request, status)) {
			return refused(answer);
		}
		return RegistryError.soon(answer.bytes(RegistryError.BODY_LIMIT))
			.map((body) -> RegistryError.read(body, answer.secrets()))
			.flatMap((error) -> Mono.error(() -> failure(request, answer, error)));
	}

	/**
	 * Whether a HEAD's status may say something of HEAD alone. That a content isn't
	 * there, that it has no such part, or that there are too many requests is the answer.
	 */
	private static boolean isHint(UpstreamRequest request, int status) {
		return switch (status) {
			case 404, 410, 429 -> false;
			case 416 -> request.range().isEmpty();
			default -> true;
		};
	}

	/** A coding, or a part that nobody asked for, may be HEAD's alone. */
	private static Mono<UpstreamAnswer> checkHead(UpstreamRequest request, UpstreamAnswer answer) {
		return fault(request, answer).isPresent() ? refused(answer) : Mono.just(answer);
	}

	private static Mono<UpstreamAnswer> refused(UpstreamAnswer head) {
		head.release();
		return Mono.error(new HeadRefused());
	}

	private static Mono<UpstreamAnswer> checkBody(UpstreamRequest request, UpstreamAnswer answer) {
		return fault(request, answer).map((what) -> invalid(answer, what)).orElseGet(() -> Mono.just(answer));
	}

	private static Optional<String> fault(UpstreamRequest request, UpstreamAnswer answer) {
		return ContentCodings.real(answer.headers().getAll(HttpHeaderNames.CONTENT_ENCODING))
			.map((coding) -> "encodes its answer (" + answer.shown(coding) + ") though asked not to")
			.or(() -> page(request, answer))
			.or(() -> RangeCheck.fault(request.range(), answer));
	}

	/** Of contents the type alone says nothing: they are checked by their digest. */
	private static Optional<String> page(UpstreamRequest request, UpstreamAnswer answer) {
		return Optional.of("answers with an HTML page: is there a login page or a proxy in the way?")
			.filter((_) -> !request.isManifest() && !request.isBlob() && answer.isPage());
	}

	private static Mono<UpstreamAnswer> invalid(UpstreamAnswer answer, String what) {
		answer.release();
		return Mono.error(new UpstreamException.InvalidAnswer(answer.sent().upstream().name() + " " + what));
	}

	private static RegistryException failure(UpstreamRequest request, UpstreamAnswer answer, RegistryError error) {
		int status = answer.status();
		String said = answer.said((status + " " + error).strip());
		return switch (status) {
			case 404, 410 -> new RequestException.NotFound(error.code().orElse(request.kind().unknown()), said);
			case 416 -> request.range().isPresent() ? new RequestException.RangeNotSatisfiable(said, extent(answer))
					: new UpstreamException.InvalidAnswer(said + " when asked for all of it");
			case 429 -> new OverloadException.TooManyRequests(said + limited(answer.sent().login()),
					RetryAfter.of(answer.headers()));
			default -> (status >= 500) ? new UpstreamException.UpstreamFailed(said)
					: new UpstreamException.InvalidAnswer(said);
		};
	}

	private static Optional<ContentRange.Unsatisfied> extent(UpstreamAnswer answer) {
		return answer.header(HttpHeaderNames.CONTENT_RANGE).flatMap(ContentRange::parseUnsatisfied);
	}

	private static String limited(Login login) {
		return login.isAnonymous() ? "; asked without a credential, with one the limit may be higher" : "";
	}

	/** A HEAD that was refused: it says nothing, and is asked by GET before it counts. */
	static final class HeadRefused extends RuntimeException {

		HeadRefused() {
			super("HEAD refused", null, false, false);
		}

	}

}
