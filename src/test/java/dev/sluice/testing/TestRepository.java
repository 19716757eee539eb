package dev.sluice.testing;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;

/**
 * The content of one repository of a {@link TestRegistry}: manifests and blobs by digest,
 * manifests by tag. Thread-safe.
 */
final class TestRepository {

	private final Map<String, TestManifest> manifests = new ConcurrentHashMap<>();

	private final Map<String, TestContent> blobs = new ConcurrentHashMap<>();

	private final Map<String, TestManifest> tags = new ConcurrentSkipListMap<>();

	void add(TestManifest manifest) {
		this.manifests.put(manifest.digest(), manifest);
	}

	void add(TestContent blob) {
		this.blobs.put(blob.digest(), blob);
	}

	void tag(String tag, TestManifest manifest) {
		this.tags.put(tag, manifest);
	}

	void remove(String reference) {
		this.tags.remove(reference);
		this.blobs.remove(reference);
		Optional.ofNullable(this.manifests.remove(reference)).ifPresent((gone) -> this.tags.values().remove(gone));
	}

	Optional<TestManifest> manifest(String reference) {
		if (reference.contains(":")) {
			return byDigest(this.manifests, reference, TestManifest::content);
		}
		return Optional.ofNullable(this.tags.get(reference));
	}

	Optional<TestContent> blob(String digest) {
		return byDigest(this.blobs, digest, Function.identity());
	}

	/** The tags, in lexical order. */
	List<String> tags() {
		return List.copyOf(this.tags.keySet());
	}

	/** Those that refer to {@code subject}, in a stable order. */
	List<TestManifest> referrers(String subject) {
		return this.manifests.values()
			.stream()
			.filter((manifest) -> manifest.subject().equals(subject))
			.sorted(java.util.Comparator.comparing(TestManifest::digest))
			.toList();
	}

	private static <T> Optional<T> byDigest(Map<String, T> held, String digest, Function<T, TestContent> content) {
		if (digest.startsWith("sha256:")) {
			return Optional.ofNullable(held.get(digest));
		}
		Collection<T> values = held.values();
		return values.stream().filter((value) -> content.apply(value).sha512().equals(digest)).findFirst();
	}

}
