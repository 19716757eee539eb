package dev.sluice.testing;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The endpoints that list: tags (end-8), referrers (end-12) and the catalog, in pages
 * with a relative {@code Link} to the next. Thread-safe.
 */
final class ListingAnswers {

	private volatile int pageSize = Integer.MAX_VALUE;

	private volatile boolean referrersSupported = true;

	void pageSize(int size) {
		this.pageSize = size;
	}

	void withoutReferrers() {
		this.referrersSupported = false;
	}

	Answer tags(RecordedRequest request, TestRepository repository, String name) {
		if (!request.path().endsWith("/tags/list")) {
			return Answer.of(404, "text/plain", ByteSource.of("not found\n"));
		}
		return names(request, repository.tags(), (page) -> Json.object("name", name, "tags", page));
	}

	Answer catalog(RecordedRequest request, List<String> repositories) {
		return names(request, repositories, (page) -> Json.object("repositories", page));
	}

	private Answer names(RecordedRequest request, List<String> all,
			java.util.function.Function<List<String>, Map<String, Object>> body) {
		String last = request.parameter("last").orElse("");
		Optional<String> n = request.parameter("n");
		if (n.isPresent() && !n.get().matches("\\d{1,9}")) {
			return Answer.error(400, "PAGINATION_NUMBER_INVALID", "invalid number of results requested");
		}
		int size = Math.min(this.pageSize, n.map(Integer::valueOf).orElse(Integer.MAX_VALUE));
		List<String> rest = all.stream().filter((name) -> name.compareTo(last) > 0).toList();
		List<String> page = rest.stream().limit(size).toList();
		Answer answer = Answer.json(200, body.apply(page));
		if (page.isEmpty() || page.size() == rest.size()) {
			return answer;
		}
		return linked(answer, request.path() + "?last=" + encode(page.getLast()) + "&n=" + size);
	}

	Answer referrers(RecordedRequest request, TestRepository repository, String subject) {
		if (!this.referrersSupported) {
			return Answer.of(404, "text/plain", ByteSource.of("not found\n"));
		}
		if (!Digests.valid(subject)) {
			return Answer.error(400, "DIGEST_INVALID", "invalid digest");
		}
		List<String> types = request.parameters("artifactType").stream().filter((type) -> !type.isEmpty()).toList();
		List<TestManifest> all = repository.referrers(subject)
			.stream()
			.filter((referrer) -> types.isEmpty() || types.contains(referrer.artifactType()))
			.toList();
		int from = Math.min(all.size(), request.parameter("from").map(Integer::valueOf).orElse(0));
		int to = (int) Math.min(all.size(), (long) from + this.pageSize);
		Answer answer = index(all.subList(from, to));
		if (!types.isEmpty()) {
			answer = answer.with("OCI-Filters-Applied", "artifactType");
		}
		String filter = types.stream().map((type) -> "&artifactType=" + encode(type)).collect(Collectors.joining());
		return (to == all.size()) ? answer : linked(answer, request.path() + "?from=" + to + filter);
	}

	private static Answer index(List<TestManifest> page) {
		List<Map<String, Object>> descriptors = page.stream().map((referrer) -> {
			Map<String, Object> descriptor = referrer.descriptor();
			descriptor.put("artifactType", referrer.artifactType());
			return descriptor;
		}).toList();
		return Answer.of(200, TestManifest.OCI_INDEX, Json
			.of(Json.object("schemaVersion", 2, "mediaType", TestManifest.OCI_INDEX, "manifests", descriptors)));
	}

	private static Answer linked(Answer answer, String next) {
		return answer.with("Link", "<" + next + ">; rel=\"next\"");
	}

	private static String encode(String value) {
		return URLEncoder.encode(value, StandardCharsets.UTF_8);
	}

}
