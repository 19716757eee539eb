package dev.sluice.upstream;

import java.util.List;
import java.util.Optional;

import dev.sluice.oci.ByteRange;
import dev.sluice.oci.Digest;
import dev.sluice.oci.MediaTypes;
import dev.sluice.oci.Reference;
import dev.sluice.oci.RepositoryName;
import dev.sluice.token.Operation;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import org.jspecify.annotations.Nullable;

/**
 * A request for a registry's API, without its endpoint and its authorization. Immutable.
 *
 * @param method GET or HEAD
 * @param repository the repository, or null for the catalog and the base
 * @param kind what is asked for
 * @param path path and query, from {@code /v2} on
 * @param range which part is wanted, if not all
 * @param headers what is sent, an allow-list by construction
 */
public record UpstreamRequest(HttpMethod method, @Nullable RepositoryName repository, Kind kind, String path,
		Optional<ByteRange> range, HttpHeaders headers) {

	private UpstreamRequest(HttpMethod method, @Nullable RepositoryName repository, Kind kind, String path,
			HttpHeaders headers) {
		this(method, repository, kind, path, Optional.empty(), headers);
	}

	/**
	 * Asks for a manifest.
	 * @param method GET or HEAD
	 * @param repository its repository
	 * @param reference its tag or digest
	 * @param accept the media types wanted
	 * @return the request
	 */
	public static UpstreamRequest manifest(HttpMethod method, RepositoryName repository, Reference reference,
			List<String> accept) {
		return new UpstreamRequest(method, repository, Kind.MANIFEST, path(repository, "manifests/" + reference),
				accept(String.join(", ", accept)));
	}

	/**
	 * Asks for a blob.
	 * @param method GET or HEAD
	 * @param repository its repository
	 * @param digest its digest
	 * @param range the range, if only a part is wanted
	 * @return the request
	 */
	public static UpstreamRequest blob(HttpMethod method, RepositoryName repository, Digest digest,
			Optional<ByteRange> range) {
		HttpHeaders headers = accept("*/*");
		range.ifPresent((wanted) -> headers.set(HttpHeaderNames.RANGE, wanted.toString()));
		return new UpstreamRequest(method, repository, Kind.BLOB, path(repository, "blobs/" + digest), range, headers);
	}

	/**
	 * Asks for a repository's tags.
	 * @param method GET or HEAD
	 * @param repository the repository
	 * @param query the query parameters, encoded, perhaps none
	 * @return the request
	 */
	public static UpstreamRequest tags(HttpMethod method, RepositoryName repository, String query) {
		return new UpstreamRequest(method, repository, Kind.TAGS, path(repository, "tags/list") + marked(query),
				accept("application/json"));
	}

	/**
	 * Asks for what refers to a manifest.
	 * @param method GET or HEAD
	 * @param repository its repository
	 * @param subject its digest
	 * @param query the query parameters, encoded, perhaps none
	 * @return the request
	 */
	public static UpstreamRequest referrers(HttpMethod method, RepositoryName repository, Digest subject,
			String query) {
		return new UpstreamRequest(method, repository, Kind.REFERRERS,
				path(repository, "referrers/" + subject) + marked(query), accept(MediaTypes.OCI_INDEX));
	}

	/**
	 * Asks for a registry's repositories.
	 * @param method GET or HEAD
	 * @param query the query parameters, encoded, perhaps none
	 * @return the request
	 */
	public static UpstreamRequest catalog(HttpMethod method, String query) {
		return new UpstreamRequest(method, null, Kind.CATALOG, "/v2/_catalog" + marked(query),
				accept("application/json"));
	}

	/**
	 * Asks for nothing but whether a credential is good.
	 * @return the request for the API's base
	 */
	public static UpstreamRequest base() {
		return new UpstreamRequest(HttpMethod.GET, null, Kind.BASE, "/v2/", accept("application/json"));
	}

	boolean isHead() {
		return this.method.equals(HttpMethod.HEAD);
	}

	/**
	 * The same question by GET.
	 * @return the request
	 */
	UpstreamRequest byGet() {
		return new UpstreamRequest(HttpMethod.GET, this.repository, this.kind, this.path, this.range, this.headers);
	}

	/**
	 * The same question about all of it.
	 * @return the request
	 */
	UpstreamRequest whole() {
		return new UpstreamRequest(this.method, this.repository, this.kind, this.path,
				this.headers.copy().remove(HttpHeaderNames.RANGE));
	}

	/**
	 * The same question by GET, for registries that refuse HEAD; of a blob only the first
	 * byte is asked for.
	 * @return the request
	 */
	UpstreamRequest probe() {
		if (!isBlob() || this.range.isPresent()) {
			return byGet();
		}
		ByteRange first = ByteRange.FIRST_BYTE;
		HttpHeaders oneByte = this.headers.copy().set(HttpHeaderNames.RANGE, first.toString());
		return new UpstreamRequest(HttpMethod.GET, this.repository, this.kind, this.path, Optional.of(first), oneByte);
	}

	boolean isBlob() {
		return this.kind == Kind.BLOB;
	}

	boolean isManifest() {
		return this.kind == Kind.MANIFEST;
	}

	/** What it counts as towards a token server. */
	Operation operation() {
		return this.kind.operation;
	}

	private static String path(RepositoryName repository, String rest) {
		return "/v2/" + repository + "/" + rest;
	}

	private static HttpHeaders accept(String value) {
		return new DefaultHttpHeaders().set(HttpHeaderNames.ACCEPT, value);
	}

	private static String marked(String query) {
		return query.isEmpty() ? "" : "?" + query;
	}

	/** What is asked for. */
	public enum Kind {

		/** Nothing but whether one may ask. */
		BASE(Operation.BASE, "UNSUPPORTED"),
		/** A manifest. */
		MANIFEST(Operation.PULL, "MANIFEST_UNKNOWN"),
		/** A blob. */
		BLOB(Operation.PULL, "BLOB_UNKNOWN"),
		/** A list of tags. */
		TAGS(Operation.TAGS, "NAME_UNKNOWN"),
		/** A list of referrers. */
		REFERRERS(Operation.REFERRERS, "UNSUPPORTED"),
		/** A list of repositories. */
		CATALOG(Operation.CATALOG, "NAME_UNKNOWN");

		private final Operation operation;

		private final String unknown;

		Kind(Operation operation, String unknown) {
			this.operation = operation;
			this.unknown = unknown;
		}

		/** The code of a 404 that has none (distribution spec, "Error Codes"). */
		String unknown() {
			return this.unknown;
		}

	}

}
