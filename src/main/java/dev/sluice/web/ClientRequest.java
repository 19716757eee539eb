package dev.sluice.web;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import dev.sluice.oci.ByteRange;
import dev.sluice.oci.Digest;
import dev.sluice.oci.ErrorCode;
import dev.sluice.oci.NamePath;
import dev.sluice.oci.RequestException;
import dev.sluice.route.Wanted;
import io.netty.handler.codec.http.HttpMethod;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * What a client's request says, as far as Sluice listens to it. Immutable.
 */
final class ClientRequest {

	private static final int TYPES = 200;

	private final ServerHttpRequest request;

	ClientRequest(ServerHttpRequest request) {
		this.request = request;
	}

	String path() {
		return this.request.getURI().getPath();
	}

	/**
	 * All of the path behind {@code /v2}, whatever it means.
	 * @return its segments that aren't empty
	 */
	NamePath pathAfterRoot() {
		return new NamePath(Arrays.stream(path().split("/")).filter((segment) -> !segment.isEmpty()).skip(1).toList());
	}

	boolean isHead() {
		return this.request.getMethod().equals(org.springframework.http.HttpMethod.HEAD);
	}

	boolean isGet() {
		return this.request.getMethod().equals(org.springframework.http.HttpMethod.GET);
	}

	HttpMethod method() {
		return isHead() ? HttpMethod.HEAD : HttpMethod.GET;
	}

	Wanted wanted(NamePath name) {
		return new Wanted(name, namespace().orElse(null), header(HttpHeaders.HOST).orElse(null));
	}

	Optional<String> namespace() {
		return query().namespace();
	}

	/**
	 * The media types of all {@code Accept} lines, {@value #TYPES} at most.
	 * @return the types as written, perhaps none
	 * @throws RequestException.Malformed if there are more
	 */
	List<String> accept() {
		Set<String> types = new LinkedHashSet<>();
		for (String line : lines(HttpHeaders.ACCEPT)) {
			for (int at = 0; at < line.length();) {
				int comma = line.indexOf(',', at);
				int end = (comma < 0) ? line.length() : comma;
				types.add(line.substring(at, end).strip());
				at = end + 1;
			}
		}
		types.remove("");
		if (types.size() > TYPES) {
			throw new RequestException.Malformed(ErrorCode.UNSUPPORTED,
					"the request accepts more than " + TYPES + " media types");
		}
		return List.copyOf(types);
	}

	/**
	 * The part of a blob that is asked for; all of it where {@code If-Range} means
	 * another content (RFC 9110, 13.1.5), or a date: contents have none.
	 * @param digest the blob
	 * @return the part; empty for all of it
	 */
	Optional<ByteRange> range(Digest digest) {
		EntityTags wanted = new EntityTags(lines(HttpHeaders.IF_RANGE));
		List<String> ranges = lines(HttpHeaders.RANGE);
		return (ranges.size() == 1 && (wanted.isEmpty() || wanted.areExactly(digest)))
				? ByteRange.parse(ranges.getFirst()) : Optional.empty();
	}

	/**
	 * What the client has already (RFC 9110, 13.1.2).
	 * @return the tags of its contents, perhaps none
	 */
	EntityTags has() {
		return new EntityTags(lines(HttpHeaders.IF_NONE_MATCH));
	}

	/**
	 * Whether a content is one that the client would have (RFC 9110, 13.1.1).
	 * @param digest the content's digest
	 * @return whether {@code If-Match} names it, or isn't there
	 */
	boolean admits(Digest digest) {
		EntityTags wanted = new EntityTags(lines(HttpHeaders.IF_MATCH));
		return wanted.isEmpty() || wanted.includeStrongly(digest);
	}

	boolean isConditional() {
		return !has().isEmpty() || !lines(HttpHeaders.IF_MATCH).isEmpty();
	}

	/**
	 * Whether a content that is there isn't sent, by what the client says of it.
	 * @param digest the content's digest
	 * @return whether the answer is 412 or 304 (RFC 9110, 13.2.2)
	 */
	boolean declines(Digest digest) {
		return !admits(digest) || has().include(digest);
	}

	/**
	 * The query.
	 * @return its parameters
	 * @throws dev.sluice.oci.RequestException.Malformed if there are too many
	 */
	ClientQuery query() {
		return ClientQuery.of(Objects.requireNonNullElse(this.request.getURI().getRawQuery(), ""));
	}

	/**
	 * The link by which this client comes to the next page.
	 * @param nextPage the next page's query
	 * @return the {@code Link} header's value, see {@link PageLink}
	 */
	Optional<String> pageLink(String nextPage) {
		return PageLink.of(nextPage, this.request.getURI().getRawPath(), namespace());
	}

	private List<String> lines(String header) {
		return this.request.getHeaders().getOrEmpty(header);
	}

	private Optional<String> header(String name) {
		return Optional.ofNullable(this.request.getHeaders().getFirst(name));
	}

}
