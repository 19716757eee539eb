package dev.sluice.web;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import dev.sluice.oci.ByteRange;
import dev.sluice.oci.NamePath;
import dev.sluice.route.Wanted;
import io.netty.handler.codec.http.HttpMethod;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * What a client's request says, as far as Sluice listens to it. Immutable.
 */
final class ClientRequest {

	private final ServerRequest request;

	ClientRequest(ServerRequest request) {
		this.request = request;
	}

	String path() {
		return this.request.uri().getPath();
	}

	/**
	 * All of the path behind {@code /v2}, whatever it means.
	 * @return its segments that aren't empty
	 */
	NamePath pathAfterRoot() {
		return new NamePath(Arrays.stream(path().split("/")).filter((segment) -> !segment.isEmpty()).skip(1).toList());
	}

	boolean isHead() {
		return this.request.method().equals(org.springframework.http.HttpMethod.HEAD);
	}

	boolean isGet() {
		return this.request.method().equals(org.springframework.http.HttpMethod.GET);
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
	 * The media types of all {@code Accept} lines.
	 * @return the types as written, perhaps none
	 */
	List<String> accept() {
		return this.request.headers()
			.header(HttpHeaders.ACCEPT)
			.stream()
			.flatMap((line) -> Arrays.stream(line.split(",")))
			.map(String::strip)
			.filter((type) -> !type.isEmpty())
			.distinct()
			.toList();
	}

	/**
	 * The range asked for (RFC 9110, 14.2). Several ranges, or what is no range, count as
	 * none: the whole is the answer then.
	 * @return the range, if it is one well formed one
	 */
	Optional<ByteRange> range() {
		return header(HttpHeaders.RANGE).flatMap(ByteRange::parse);
	}

	/**
	 * The query.
	 * @return its parameters
	 * @throws dev.sluice.oci.RegistryException.Malformed if there are too many
	 */
	ClientQuery query() {
		return ClientQuery.of(Objects.requireNonNullElse(this.request.uri().getRawQuery(), ""));
	}

	/**
	 * The link by which this client comes to the next page.
	 * @param nextPage the next page's query
	 * @return the {@code Link} header's value, see {@link PageLink}
	 */
	Optional<String> pageLink(String nextPage) {
		return PageLink.of(nextPage, this.request.uri().getRawPath(), namespace());
	}

	private Optional<String> header(String name) {
		return Optional.ofNullable(this.request.headers().firstHeader(name));
	}

}
