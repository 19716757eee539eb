package dev.sluice.pull;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

import dev.sluice.json.FieldPaths;
import dev.sluice.json.JsonFields;
import dev.sluice.oci.MediaTypes;

/**
 * The media type that a manifest is handed on with: the upstream's if that says which
 * kind of manifest it is, else the one that the manifest names itself, else what its
 * fields show. Whatever an upstream says, a page or a script it never is: a browser would
 * run that as Sluice's own.
 */
final class ManifestType {

	/** What tells the kinds apart, and the part of a signature that a digest needs. */
	static final FieldPaths FIELDS = FieldPaths.of("mediaType", "schemaVersion", "manifests[0].mediaType",
			"layers[0].mediaType", "config.mediaType", "fsLayers", "history", "signatures[0].protected", "errors");

	private static final String DOCKERS = "application/vnd.docker.";

	private ManifestType() {
	}

	/**
	 * The type that an upstream names.
	 * @param contentType the type that the upstream names, perhaps with parameters
	 * @return the type alone, or empty where it doesn't say which kind of manifest it is
	 */
	static Optional<String> announced(Optional<String> contentType) {
		return contentType.map(MediaTypes::withoutParameters).flatMap(ManifestType::named);
	}

	/**
	 * In small letters: to clients, which compare it, any other spelling means nothing.
	 */
	private static Optional<String> named(String type) {
		return Optional.of(type).filter(MediaTypes::namesManifest).map((it) -> it.toLowerCase(Locale.ROOT));
	}

	/**
	 * Whether an upstream says that it sends a page.
	 * @param contentType the type that the upstream names, perhaps with parameters
	 * @return whether it does; some registries say so of manifests
	 */
	static boolean isPage(Optional<String> contentType) {
		return contentType.map(MediaTypes::withoutParameters).filter(MediaTypes.HTML::equalsIgnoreCase).isPresent();
	}

	/**
	 * Whether it is no manifest, but what registries say in place of one (distribution
	 * spec, "Error Codes").
	 * @param fields the body's own words
	 * @return whether it says so
	 */
	static boolean isError(JsonFields fields) {
		return fields.has("errors") && !fields.has("schemaVersion");
	}

	/**
	 * The type to hand on.
	 * @param contentType the type that the upstream names, perhaps with parameters
	 * @param fields reads the manifest's own words
	 * @return the type, never one of active content
	 */
	static String of(Optional<String> contentType, Supplier<JsonFields> fields) {
		return announced(contentType).orElseGet(() -> {
			boolean json = contentType.map(MediaTypes::withoutParameters)
				.filter(MediaTypes.JSON::equalsIgnoreCase)
				.isPresent();
			return shown(fields.get()).orElse(json ? MediaTypes.JSON : MediaTypes.OCI_MANIFEST);
		});
	}

	private static Optional<String> shown(JsonFields fields) {
		return fields.text("mediaType").flatMap(ManifestType::named).or(() -> shape(fields));
	}

	private static Optional<String> shape(JsonFields fields) {
		if (isSchema1(fields)) {
			return Optional.of(fields.has("signatures") ? MediaTypes.SIGNED_SCHEMA_1 : MediaTypes.SCHEMA_1);
		}
		if (fields.has("manifests")) {
			return Optional.of(isDockers(fields, "manifests[0].mediaType") ? MediaTypes.DOCKER_MANIFEST_LIST
					: MediaTypes.OCI_INDEX);
		}
		if (fields.has("layers") || fields.has("config")) {
			boolean dockers = isDockers(fields, "config.mediaType") || isDockers(fields, "layers[0].mediaType");
			return Optional.of(dockers ? MediaTypes.DOCKER_MANIFEST : MediaTypes.OCI_MANIFEST);
		}
		return Optional.empty();
	}

	/**
	 * Whether a manifest is of Docker's schema 1.
	 * @param fields the manifest's own words
	 * @return whether it says so
	 */
	static boolean isSchema1(JsonFields fields) {
		return fields.text("schemaVersion").filter("1"::equals).isPresent()
				&& (fields.has("fsLayers") || fields.has("history"));
	}

	private static boolean isDockers(JsonFields fields, String path) {
		return fields.text(path).filter((type) -> type.startsWith(DOCKERS)).isPresent();
	}

}
