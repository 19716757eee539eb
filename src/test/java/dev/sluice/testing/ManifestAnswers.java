package dev.sluice.testing;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The manifests endpoint (end-3): by tag and digest, and only what the client accepts, as
 * GHCR has it. Thread-safe.
 */
final class ManifestAnswers {

	private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

	Answer answer(RecordedRequest request, TestRepository repository, String reference) {
		if (reference.contains(":") ? !Digests.valid(reference) : !TAG.matcher(reference).matches()) {
			return Answer.error(400, reference.contains(":") ? "DIGEST_INVALID" : "TAG_INVALID", "invalid reference");
		}
		Optional<TestManifest> manifest = repository.manifest(reference).filter((found) -> accepts(request, found));
		return manifest.map((found) -> answer(request, found, reference))
			.orElseGet(() -> Answer.error(404, "MANIFEST_UNKNOWN", "manifest unknown"));
	}

	private static Answer answer(RecordedRequest request, TestManifest manifest, String reference) {
		String digest = Digests.valid(reference) ? reference : manifest.digest();
		String etag = "\"" + digest + "\"";
		if (request.headerLines("If-None-Match").contains(etag)) {
			return Answer.of(304).without("Content-Length").with("ETag", etag).with("Docker-Content-Digest", digest);
		}
		return Answer.of(200, manifest.mediaType(), manifest.content().source())
			.with("Docker-Content-Digest", digest)
			.with("ETag", etag);
	}

	private static boolean accepts(RecordedRequest request, TestManifest manifest) {
		return !request.has("Accept") || request.headerLines("Accept")
			.stream()
			.flatMap((line) -> Stream.of(line.split(",", -1)))
			.map((type) -> type.split(";", 2)[0].trim())
			.anyMatch(
					(type) -> type.equals("*/*") || type.equals("application/*") || type.equals(manifest.mediaType()));
	}

}
