package dev.sluice.pull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.sluice.upstream.UpstreamAnswer;

/**
 * The headers of an upstream that clients get to see: an allow-list. Challenges, cookies,
 * and what a CDN or a server says of itself are not on it.
 */
final class PassedHeaders {

	private static final List<String> ALLOWED = List.of("Docker-Distribution-Api-Version", "ETag", "Cache-Control",
			"Last-Modified", "X-Content-Type-Options", "Warning", "OCI-Filters-Applied", "OCI-Subject");

	private PassedHeaders() {
	}

	static Map<String, String> of(UpstreamAnswer answer) {
		Map<String, String> passed = new LinkedHashMap<>();
		ALLOWED.forEach((name) -> answer.header(name).ifPresent((value) -> passed.put(name, value)));
		return passed;
	}

}
