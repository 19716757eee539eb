package dev.sluice.testing;

import java.util.Map;

/**
 * A manifest or index: its media type and exact bytes, and what the referrers API says of
 * it. Immutable.
 *
 * @param mediaType the Content-Type it is served with
 * @param content the bytes
 * @param subject the digest it refers to, or the empty string
 * @param artifactType its artifact type, or the empty string
 */
public record TestManifest(String mediaType, TestContent content, String subject, String artifactType) {

	/** OCI image manifest. */
	public static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";

	/** OCI image index. */
	public static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";

	/** Docker image manifest, schema 2. */
	public static final String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";

	/** Docker manifest list. */
	public static final String DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";

	/** A manifest with any media type and any bytes, well formed or not. */
	public static TestManifest of(String mediaType, ByteSource bytes) {
		return new TestManifest(mediaType, TestContent.of(bytes), "", "");
	}

	/** Its sha256 digest. */
	public String digest() {
		return this.content.digest();
	}

	/** Its bytes. */
	public byte[] bytes() {
		return this.content.bytes();
	}

	Map<String, Object> descriptor() {
		return Json.object("mediaType", this.mediaType, "digest", digest(), "size", this.content.size());
	}

}
