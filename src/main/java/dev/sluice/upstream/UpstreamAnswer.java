package dev.sluice.upstream;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import dev.sluice.oci.ContentRange;
import dev.sluice.oci.Decimal;
import dev.sluice.oci.Digest;
import dev.sluice.oci.HeldBytes;
import dev.sluice.oci.MediaTypes;
import dev.sluice.oci.Printable;
import dev.sluice.oci.Provenance;
import dev.sluice.oci.RedirectKind;
import dev.sluice.oci.UpstreamException;
import dev.sluice.token.RegistryError;
import dev.sluice.token.RegistryRefusal;
import dev.sluice.token.SentSecrets;
import dev.sluice.transport.Answer;
import dev.sluice.transport.Transport.Referrer;
import dev.sluice.transport.Url;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A registry's answer. Outside this room it is a good one (2xx, or a redirect that is to
 * be passed on). As with {@link Answer}, whoever holds it consumes the body once or
 * releases it; releasing in any case is right. Thread-safe.
 */
public final class UpstreamAnswer implements Reply {

	private final Sent sent;

	private final Url url;

	private final boolean home;

	private final Answer answer;

	private final @Nullable UpstreamRequest head;

	/**
	 * Takes an answer.
	 * @param sent what was sent to get it
	 * @param url where the way ended
	 * @param home whether the endpoint answered, and not who it redirected to
	 * @param answer the answer
	 */
	UpstreamAnswer(Sent sent, Url url, boolean home, Answer answer) {
		this(sent, url, home, answer, null);
	}

	private UpstreamAnswer(Sent sent, Url url, boolean home, Answer answer, @Nullable UpstreamRequest head) {
		this.sent = sent;
		this.url = url;
		this.home = home;
		this.answer = answer;
		this.head = head;
	}

	@Override
	public Sent sent() {
		return this.sent;
	}

	/**
	 * Where it comes from.
	 * @return the endpoint, and as whom it was asked
	 */
	public Provenance provenance() {
		return this.sent.provenance();
	}

	/**
	 * To whom it was given.
	 * @return nobody, where nothing was shown
	 */
	public AskedAs askedAs() {
		return AskedAs.of(this.sent.showsNobody() ? this.sent.login().unshown() : this.sent.login());
	}

	/** The same, of a GET, as the answer to a HEAD that told nothing. */
	UpstreamAnswer inPlaceOf(UpstreamRequest head) {
		return new UpstreamAnswer(this.sent, this.url, this.home, this.answer, head);
	}

	boolean isInPlaceOfHead() {
		return this.head != null;
	}

	int status() {
		return this.answer.status();
	}

	/**
	 * How it leads elsewhere.
	 * @return the kind of redirect; empty if it has a content
	 */
	public Optional<RedirectKind> redirect() {
		return RedirectKind.of(status());
	}

	/** That it was answered so, in words. */
	String said(String words) {
		return this.sent.answered(this.home, this.url.origin(), words);
	}

	/** The first line of a header, if it is fit to be repeated. */
	Optional<String> header(CharSequence name) {
		return this.answer.header(name).filter((line) -> !secrets().areInHeader(line));
	}

	/** All of them as they came, not fit to be repeated. */
	HttpHeaders headers() {
		return this.answer.headers();
	}

	/** Whether it says that it is a page of HTML, as where people log in. */
	boolean isPage() {
		return status() == 200 && saysPage();
	}

	/** Whether the registry itself says it, as far as can be seen. */
	boolean isRegistrys() {
		return this.home && !saysPage();
	}

	private boolean saysPage() {
		return header(HttpHeaderNames.CONTENT_TYPE).filter(MediaTypes::isPage).isPresent();
	}

	/** What was shown to get it. */
	SentSecrets secrets() {
		return this.sent.secrets();
	}

	/** A part of it for a message. */
	String shown(String text) {
		return Printable.of(secrets().redactedIn(text));
	}

	/** A good answer may offer more to who says who it is. */
	@Override
	public Optional<RegistryRefusal> challenge() {
		return Optional
			.of(RegistryRefusal.of(status(), headers(), RegistryError.NONE,
					new Referrer(this.url.origin(), this.answer.reach()), secrets()))
			.filter((offer) -> this.home && !offer.isSilent());
	}

	/**
	 * What it says of its content, if it has one. Where a blob's first byte was asked for
	 * in place of a HEAD, that is said of the whole.
	 * @return the description
	 */
	public Described described() {
		Optional<ContentRange.Part> part = part();
		Optional<Digest> digest = header("Docker-Content-Digest").flatMap(Digest::tryParse);
		Optional<String> mediaType = header(HttpHeaderNames.CONTENT_TYPE);
		if (this.head != null && this.head.range().isEmpty()) {
			OptionalLong whole = part.map(ContentRange.Part::length).orElseGet(this::contentLength);
			return new Described(digest, mediaType, whole, Optional.empty());
		}
		return new Described(digest, mediaType, contentLength(), part);
	}

	/**
	 * The distribution spec's warnings.
	 * @return a line each, in order, but those that repeat a secret of ours
	 */
	public List<String> warnings() {
		return headers().getAll(HttpHeaderNames.WARNING)
			.stream()
			.filter((line) -> !secrets().areInHeader(line))
			.toList();
	}

	/**
	 * How long the content may be kept.
	 * @return {@code Cache-Control}, if it is fit to be repeated
	 */
	public Optional<String> cacheControl() {
		return header(HttpHeaderNames.CACHE_CONTROL);
	}

	/**
	 * When the content changed.
	 * @return {@code Last-Modified}, if it is fit to be repeated
	 */
	public Optional<String> lastModified() {
		return header(HttpHeaderNames.LAST_MODIFIED);
	}

	/**
	 * By what a list of referrers was filtered.
	 * @return {@code OCI-Filters-Applied}, if it is fit to be repeated
	 */
	public Optional<String> filtersApplied() {
		return header("OCI-Filters-Applied");
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
		return new NextPage(this, this.url).query();
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

	/** Which bytes it says that it holds, see {@link RangeCheck}. */
	Optional<ContentRange.Part> contentRange() {
		return ContentRange.parsePart(headers().getAll(HttpHeaderNames.CONTENT_RANGE));
	}

	/** Which part of the content it is. */
	private Optional<ContentRange.Part> part() {
		return (status() == 206) ? contentRange() : Optional.empty();
	}

	/**
	 * The body's length as announced, or else that of the part which it is; empty where
	 * absent or no number.
	 */
	OptionalLong contentLength() {
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
