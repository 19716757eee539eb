package dev.sluice.testing.registries;

import dev.sluice.testing.RecordedRequest;

/**
 * A request to a registry's API, and what the registry makes of it. Immutable.
 *
 * @param request the request
 * @param origin the registry's own URL
 * @param realm where it issues tokens
 * @param repository the repository asked for, empty for none
 * @param scope what a token must be for
 * @param presented what came in {@code Authorization}
 */
public record Visit(RecordedRequest request, String origin, String realm, String repository, String scope,
		Presented presented) {

	/** Whether a manifest is asked for. */
	public boolean isManifest() {
		return this.request.path().contains("/manifests/");
	}

	/** Whether a blob is asked for. */
	public boolean isBlob() {
		return this.request.path().contains("/blobs/");
	}

	/** Whether a list of tags is asked for. */
	public boolean isTags() {
		return this.request.path().endsWith("/tags/list");
	}

}
