package dev.sluice.oci;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The media types that a registry's answers carry.
 */
public final class MediaTypes {

	public static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";

	public static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";

	public static final String DOCKER_MANIFEST_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";

	public static final String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";

	/** Docker's schema 1, and the same with signatures in it. */
	public static final String SCHEMA_1 = "application/vnd.docker.distribution.manifest.v1+json";

	public static final String SIGNED_SCHEMA_1 = "application/vnd.docker.distribution.manifest.v1+prettyjws";

	public static final String BLOB = "application/octet-stream";

	/** Of lists, and what manifests have whose registry doesn't say more. */
	public static final String JSON = "application/json";

	/** Every kind of manifest that Sluice asks for on its own account. */
	public static final List<String> MANIFESTS = List.of(OCI_INDEX, OCI_MANIFEST, DOCKER_MANIFEST_LIST, DOCKER_MANIFEST,
			SIGNED_SCHEMA_1, SCHEMA_1);

	/** What a login page or a proxy in the way answers with. */
	public static final String HTML = "text/html";

	private static final Set<String> PAGES = Set.of(HTML, "application/xhtml+xml");

	/**
	 * The form of a vendor's type (RFC 6838, 4.2), with the suffixes that manifests have.
	 * Not {@code +xml}: that is active content.
	 */
	private static final Pattern MANIFEST = Pattern
		.compile("(?i)application/vnd\\.[a-z0-9!#$&^_.-]{1,200}+(?:\\+(?:json|prettyjws|jws))?");

	private MediaTypes() {
	}

	/**
	 * Whether a type says which kind of manifest it is, one that Sluice knows or any
	 * other. None of them is active content for a browser.
	 * @param type a type without parameters
	 * @return whether it does
	 */
	public static boolean namesManifest(String type) {
		return MANIFEST.matcher(type).matches();
	}

	/**
	 * Whether a type is what a login page or a proxy in the way answers with.
	 * @param contentType a {@code Content-Type} header's value
	 * @return whether it is HTML, of either kind
	 */
	public static boolean isPage(String contentType) {
		return PAGES.contains(withoutParameters(contentType).toLowerCase(Locale.ROOT));
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
