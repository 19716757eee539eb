package dev.sluice.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.sluice.oci.ByteRange;
import dev.sluice.oci.NamePath;
import dev.sluice.route.Wanted;
import io.netty.handler.codec.http.HttpMethod;
import org.jspecify.annotations.Nullable;
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
		return this.request.queryParam("ns").filter((ns) -> !ns.isEmpty());
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
	 * The query without what is meant for Sluice alone.
	 * @return the parameters, the first value of each
	 */
	Map<String, String> query() {
		Map<String, String> query = new LinkedHashMap<>();
		this.request.queryParams().forEach((name, values) -> {
			@Nullable String first = values.isEmpty() ? null : values.getFirst();
			if (!name.equals("ns")) {
				query.put(name, (first != null) ? first : "");
			}
		});
		return query;
	}

	/**
	 * An upstream's link to the next page, turned into one of this client's.
	 * @param upstreamLink the upstream's {@code Link}
	 * @return the client's, see {@link PageLink}
	 */
	Optional<String> pageLink(String upstreamLink) {
		Optional<String> ns = namespace().map((value) -> URLEncoder.encode(value, StandardCharsets.UTF_8));
		return PageLink.of(upstreamLink, this.request.uri().getRawPath(), ns);
	}

	private Optional<String> header(String name) {
		return Optional.ofNullable(this.request.headers().firstHeader(name));
	}

}
