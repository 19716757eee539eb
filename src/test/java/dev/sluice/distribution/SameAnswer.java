package dev.sluice.distribution;

import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.sluice.testing.TestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares what a client gets through Sluice with what it gets straight from the
 * registry: status, every header, every byte. The constants say what may differ; a
 * content that is asked for by its sha512 is called by that, as its client will check it,
 * where distribution says its sha256; and a content's {@code ETag} is its digest,
 * whatever another host's is. Nothing else may differ, in either direction.
 */
final class SameAnswer {

	/** Said of the connection or the server, not of the content. */
	private static final Set<String> OF_THE_SERVER = Set.of("date", "connection", "server");

	/**
	 * What the house plan adds where the registry, or the host it redirects to, lacks it.
	 * Where that one has it, it must be the same.
	 */
	private static final Set<String> ADDED = Set.of("oci-namespace", "docker-content-digest",
			"docker-distribution-api-version", "accept-ranges", "x-content-type-options");

	/** Of a {@code Link} the path may differ: Sluice's leads back to Sluice. */
	private static final String LINK_PATH = "<[^?>]*";

	/**
	 * Of an error the status counts, these headers, and the code if distribution gives
	 * one; the rest is Sluice's own, for the house plan has all errors in OCI JSON, and
	 * names the cause. (Distribution answers some in plain text, such as its 404 to
	 * referrers, which it doesn't know.)
	 */
	private static final Set<String> OF_ERRORS = Set.of("content-range", "retry-after", "allow");

	/** The house plan gives a range outside the blob no code. */
	private static final int NO_CODE = 416;

	private static final Pattern CODE = Pattern.compile("\"code\":\"(\\w+)\"");

	/**
	 * How distribution answers a HEAD of a list. The house plan takes a refused HEAD as
	 * no answer and asks by GET: so what a GET says straight is the measure.
	 */
	private static final int HEAD_REFUSED = 405;

	private SameAnswer() {
	}

	static boolean isRefusedHead(Question question, HttpResponse<?> straight) {
		return question.isHead() && straight.statusCode() == HEAD_REFUSED;
	}

	static void check(Question question, HttpResponse<byte[]> straight, HttpResponse<byte[]> through) {
		assertThat(through.statusCode()).as(TestClient.text(through)).isEqualTo(straight.statusCode());
		if (straight.statusCode() >= 400) {
			assertThat(errorHeaders(through)).isEqualTo(errorHeaders(straight));
			code(straight).ifPresent((code) -> assertThat(code(through)).hasValue(code));
			return;
		}
		Map<String, List<String>> expected = headers(straight);
		Map<String, List<String>> actual = headers(through);
		question.sha512().ifPresent((digest) -> expected.put("docker-content-digest", List.of(digest)));
		actual.getOrDefault("docker-content-digest", List.of())
			.forEach((digest) -> expected.put("etag", List.of('"' + digest + '"')));
		ADDED.stream().filter((name) -> !expected.containsKey(name)).forEach(actual::remove);
		assertThat(actual).isEqualTo(expected);
		byte[] body = question.isHead() ? new byte[0] : straight.body();
		assertThat(through.body()).hasSameSizeAs(body);
		assertThat(Arrays.mismatch(through.body(), body)).as("first byte that differs").isEqualTo(-1);
	}

	private static Map<String, List<String>> headers(HttpResponse<?> response) {
		Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		headers.putAll(response.headers().map());
		OF_THE_SERVER.forEach(headers::remove);
		headers.computeIfPresent("link",
				(_, values) -> values.stream().map((value) -> value.replaceFirst(LINK_PATH, "<")).toList());
		return headers;
	}

	private static Optional<String> code(HttpResponse<byte[]> error) {
		if (error.statusCode() == NO_CODE) {
			return Optional.empty();
		}
		Matcher code = CODE.matcher(TestClient.text(error));
		return code.find() ? Optional.of(code.group(1)) : Optional.empty();
	}

	private static Map<String, List<String>> errorHeaders(HttpResponse<?> response) {
		Map<String, List<String>> headers = headers(response);
		headers.keySet().removeIf((name) -> !OF_ERRORS.contains(name.toLowerCase(Locale.ROOT)));
		return headers;
	}

}
