package dev.sluice.oci;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a {@code /v2} path asks for: the endpoints end-1, end-2, end-3, end-8 and end-12
 * of the distribution spec, and the older {@code _catalog}.
 */
public sealed interface RegistryRequest {

	/**
	 * Reads a path.
	 * @param path the decoded path, from {@code /v2} on
	 * @return what it asks for, or empty if it is none of the endpoints
	 * @throws RequestException.NotFound if a manifest's tag or digest isn't well formed:
	 * no manifest has it, and registries say so
	 * @throws RequestException.Malformed if any other digest isn't well formed
	 */
	static Optional<RegistryRequest> parse(String path) {
		if (path.equals("/v2") || path.equals("/v2/")) {
			return Optional.of(new Base());
		}
		List<String> segments = Arrays.asList(path.split("/", -1));
		boolean ours = segments.size() > 2 && segments.get(0).isEmpty() && segments.get(1).equals("v2");
		if (!ours || segments.subList(2, segments.size()).contains("")) {
			return Optional.empty();
		}
		return parse(segments.subList(2, segments.size()));
	}

	private static Optional<RegistryRequest> parse(List<String> segments) {
		int size = segments.size();
		String last = segments.getLast();
		boolean tag = size > 2 && segments.get(size - 2).equals("manifests");
		if (last.equals("_catalog") && !tag) {
			return Optional.of(new Catalog(new NamePath(segments.subList(0, size - 1))));
		}
		if (size < 3) {
			return Optional.empty();
		}
		NamePath name = new NamePath(segments.subList(0, size - 2));
		return Optional.ofNullable(switch (segments.get(size - 2)) {
			case "manifests" -> new Manifest(name, reference(last));
			case "blobs" -> new Blob(name, Digest.parse(last));
			case "referrers" -> new Referrers(name, Digest.parse(last));
			case "tags" -> last.equals("list") ? new Tags(name) : null;
			default -> null;
		});
	}

	private static Reference reference(String text) {
		try {
			return Reference.parse(text);
		}
		catch (RequestException.Malformed ex) {
			throw new RequestException.NotFound(ErrorCode.MANIFEST_UNKNOWN, String.valueOf(ex.getMessage()));
		}
	}

	/** The API's root, by which clients see that it is a registry. */
	record Base() implements RegistryRequest {
	}

	/**
	 * All repositories of a registry.
	 *
	 * @param name the registry's name or alias, or nothing
	 */
	record Catalog(NamePath name) implements RegistryRequest {
	}

	/**
	 * A manifest or an index.
	 *
	 * @param name the name as written
	 * @param reference its tag or digest
	 */
	record Manifest(NamePath name, Reference reference) implements RegistryRequest {
	}

	/**
	 * A blob.
	 *
	 * @param name the name as written
	 * @param digest its digest
	 */
	record Blob(NamePath name, Digest digest) implements RegistryRequest {
	}

	/**
	 * The tags of a repository.
	 *
	 * @param name the name as written
	 */
	record Tags(NamePath name) implements RegistryRequest {
	}

	/**
	 * What refers to a manifest.
	 *
	 * @param name the name as written
	 * @param subject the manifest's digest
	 */
	record Referrers(NamePath name, Digest subject) implements RegistryRequest {
	}

}
