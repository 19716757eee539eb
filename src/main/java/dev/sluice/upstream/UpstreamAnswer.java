package dev.sluice.upstream;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import dev.sluice.oci.ContentRange;
import dev.sluice.oci.Decimal;
import dev.sluice.oci.HeldBytes;
import dev.sluice.oci.MediaTypes;
import dev.sluice.oci.Printable;
import dev.sluice.oci.UpstreamException;
import dev.sluice.token.RegistryError;
import dev.sluice.token.RegistryRefusal;
import dev.sluice.token.SentSecrets;
import dev.sluice.transport.Answer;
import dev.sluice.transport.Origin;
import dev.sluice.transport.Transport.Referrer;
import dev.sluice.transport.Url;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A registry's answer. Outside this room it is a good one (2xx, or a redirect that is to
 * be passed on). As with {@link Answer}, whoever holds it consumes the body once or
 * releases it; releasing in any case is right. Thread-safe.
 */
public final class UpstreamAnswer implements Reply {

	private final Answer answer;

	private final Url url;

	private final boolean home;

	private final SentSecrets secrets;

	private final boolean byGet;

	/**
	 * Takes an answer.
	 * @param answer the answer
	 * @param url what was asked
	 * @param home whether the endpoint answered, and not who it redirected to
	 * @param secrets what was shown to get it
	 */
	UpstreamAnswer(Answer answer, Url url, boolean home, SentSecrets secrets) {
		this(answer, url, home, secrets, false);
	}

	private UpstreamAnswer(Answer answer, Url url, boolean home, SentSecrets secrets, boolean byGet) {
		this.answer = answer;
		this.url = url;
		this.home = home;
		this.secrets = secrets;
		this.byGet = byGet;
	}

	/** The same, as that of a HEAD that had to be repeated as GET. */
	UpstreamAnswer inPlaceOfHead() {
		return new UpstreamAnswer(this.answer, this.url, this.home, this.secrets, true);
	}

	public int status() {
		return this.answer.status();
	}

	boolean isHome() {
		return this.home;
	}

	Origin origin() {
		return this.url.origin();
	}

	/**
	 * Whether a HEAD had to be repeated as GET.
	 * @return whether the answer is a GET's, of a blob's first byte
	 */
	public boolean isHeadByGet() {
		return this.byGet;
	}

	/**
	 * The first line of a header, see {@link #headers(CharSequence)}.
	 * @param name its name
	 * @return its value, if it is fit to be repeated
	 */
	public Optional<String> header(CharSequence name) {
		return this.answer.header(name).filter((line) -> !this.secrets.areInHeader(line));
	}

	/** All of them as they came, not fit to be repeated. */
	HttpHeaders headers() {
		return this.answer.headers();
	}

	/** Whether it says that it is a page of HTML, as where people log in. */
	boolean isPage() {
		return status() == 200 && header(HttpHeaderNames.CONTENT_TYPE).filter(MediaTypes::isPage).isPresent();
	}

	/** What it was asked with. */
	SentSecrets secrets() {
		return this.secrets;
	}

	/** A part of it for a message. */
	String shown(String text) {
		return Printable.of(this.secrets.redactedIn(text));
	}

	/** A good answer may offer more to who says who it is. */
	@Override
	public Optional<RegistryRefusal> challenge() {
		return Optional
			.of(RegistryRefusal.of(status(), headers(), RegistryError.NONE,
					new Referrer(this.url.origin(), this.answer.reach()), this.secrets))
			.filter((offer) -> this.home && !offer.isSilent());
	}

	/**
	 * All lines of a header, but those that repeat a secret of ours.
	 * @param name its name
	 * @return the lines in order, perhaps none
	 */
	public List<String> headers(CharSequence name) {
		return this.answer.headers().getAll(name).stream().filter((line) -> !this.secrets.areInHeader(line)).toList();
	}

	/**
	 * Where a list goes on, by the answer's {@code Link} (RFC 8288): registries write it
	 * absolute, relative or as a query alone.
	 * @return the next page's query, encoded; empty if there is no such page, or only the
	 * one that was asked for
	 * @throws UpstreamException.InvalidAnswer if there is one that a query can't lead to,
	 * or whose query repeats a secret of ours: without a link its client would take the
	 * page for all there is
	 */
	public Optional<String> nextPage() {
		return LinkHeader.next(headers().getAll("Link")).map(this::resolved).flatMap(this::queryOf).map((query) -> {
			if (this.secrets.areInHeader(query)) {
				throw new UpstreamException.InvalidAnswer(this.url.origin()
						+ " goes on with the list at a URL that repeats our own credential: it isn't passed on");
			}
			return query;
		});
	}

	private Url resolved(String reference) {
		try {
			return this.url.resolve(reference);
		}
		catch (IllegalArgumentException ex) {
			throw new UpstreamException.InvalidAnswer(this.url.origin() + " goes on with the list at what is no URL: "
					+ shown(String.valueOf(ex.getMessage())));
		}
	}

	private Optional<String> queryOf(Url next) {
		Optional<String> query = next.query()
			.filter((it) -> !it.isEmpty() && !Optional.of(it).equals(this.url.query()));
		if (query.isEmpty() && !name(next).equals(name(this.url))) {
			throw new UpstreamException.InvalidAnswer(
					this.url.origin() + " goes on with the list at another path: only a query can be followed");
		}
		return query;
	}

	/** Behind a proxy of its own, a registry may not know the path before. */
	private static String name(Url url) {
		return url.path().substring(url.path().lastIndexOf('/') + 1);
	}

	/**
	 * Where a redirect leads, in full: to a client a relative one would lead to Sluice.
	 * @return {@code Location}, resolved
	 * @throws UpstreamException.InvalidAnswer if there is none, or it is no URL
	 */
	public String location() {
		try {
			return this.url.resolve(header(HttpHeaderNames.LOCATION).orElse("\n")).text();
		}
		catch (IllegalArgumentException ex) {
			throw new UpstreamException.InvalidAnswer(this.url.origin() + " redirects to what is no URL");
		}
	}

	/**
	 * Which part of the content it is, see {@link RangeCheck}.
	 * @return the part, of a 206
	 */
	public Optional<ContentRange.Part> part() {
		return this.answer.header(HttpHeaderNames.CONTENT_RANGE)
			.filter((_) -> status() == 206)
			.flatMap(ContentRange::parsePart);
	}

	/**
	 * The body's length as announced.
	 * @return {@code Content-Length}, or else that of the part which it is; empty where
	 * absent or no number
	 */
	public OptionalLong contentLength() {
		OptionalLong announced = Decimal.parse(this.answer.header(HttpHeaderNames.CONTENT_LENGTH).orElse(""));
		return part().filter((_) -> announced.isEmpty()).map((part) -> OptionalLong.of(part.size())).orElse(announced);
	}

	/**
	 * The body, see {@link Answer#body()}.
	 * @return the buffers, each the subscriber's to release
	 */
	public Flux<ByteBuf> body() {
		return this.answer.body();
	}

	/**
	 * The whole body in memory, see {@link Answer#held(int)}.
	 * @param limit bytes at most
	 * @return the body, for the subscriber to release
	 */
	public Mono<HeldBytes> held(int limit) {
		return this.answer.held(limit);
	}

	/** The whole body for whoever reads it at once, see {@link Answer#bytes(int)}. */
	Mono<byte[]> bytes(int limit) {
		return this.answer.bytes(limit);
	}

	/** Lets go of the connection, see {@link Answer#release()}. */
	@Override
	public void release() {
		this.answer.release();
	}

}
