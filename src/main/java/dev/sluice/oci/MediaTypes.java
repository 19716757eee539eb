package dev.sluice.oci;

import java.util.List;

/**
 * The media types that a registry's answers carry.
 */
public final class MediaTypes {

	public static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";

	public static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";

	public static final String DOCKER_MANIFEST_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";

	public static final String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";

	public static final String BLOB = "application/octet-stream";

	/** Every kind of manifest that Sluice asks for on its own account. */
	public static final List<String> MANIFESTS = List.of(OCI_INDEX, OCI_MANIFEST, DOCKER_MANIFEST_LIST, DOCKER_MANIFEST,
			"application/vnd.docker.distribution.manifest.v1+prettyjws",
			"application/vnd.docker.distribution.manifest.v1+json");

	private MediaTypes() {
	}

	/**
	 * A media type without its parameters.
	 * @param contentType a {@code Content-Type} header's value
	 * @return the type alone
	 */
	public static String withoutParameters(String contentType) {
		int semicolon = contentType.indexOf(';');
		return ((semicolon < 0) ? contentType : contentType.substring(0, semicolon)).strip();
	}

}
