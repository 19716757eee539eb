package dev.sluice.testing;

import java.util.function.Predicate;

/**
 * Which requests are meant, to count them or to misbehave on them.
 */
public final class Matching {

	private Matching() {
	}

	/** Every request. */
	public static Predicate<RecordedRequest> any() {
		return (request) -> true;
	}

	/** GET requests with {@code part} in their path. */
	public static Predicate<RecordedRequest> get(String part) {
		return method("GET").and(path(part));
	}

	/** HEAD requests with {@code part} in their path. */
	public static Predicate<RecordedRequest> head(String part) {
		return method("HEAD").and(path(part));
	}

	/** Requests with {@code part} in their path. */
	public static Predicate<RecordedRequest> path(String part) {
		return (request) -> request.path().contains(part);
	}

	/** Requests by this method. */
	public static Predicate<RecordedRequest> method(String method) {
		return (request) -> request.method().equals(method);
	}

	/** Requests for manifests. */
	public static Predicate<RecordedRequest> manifests() {
		return path("/manifests/");
	}

	/** Requests for blobs, at the registry. */
	public static Predicate<RecordedRequest> blobs() {
		return path("/blobs/");
	}

	/** Requests that carry this header. */
	public static Predicate<RecordedRequest> withHeader(String name) {
		return (request) -> request.has(name);
	}

	/** Requests that carry {@code Authorization}. */
	public static Predicate<RecordedRequest> authorized() {
		return withHeader("Authorization");
	}

}
