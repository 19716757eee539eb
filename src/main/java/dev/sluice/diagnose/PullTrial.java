package dev.sluice.diagnose;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.sluice.json.FieldPaths;
import dev.sluice.json.JsonFields;
import dev.sluice.oci.ByteRange;
import dev.sluice.oci.Digest;
import dev.sluice.oci.MediaTypes;
import dev.sluice.oci.Reference;
import dev.sluice.oci.UpstreamException;
import dev.sluice.pull.BlobPull;
import dev.sluice.pull.ManifestPull;
import dev.sluice.pull.Pulled;
import dev.sluice.route.Target;
import dev.sluice.upstream.UpstreamDirectory;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Goes through a pull's requests as a client would make them: the tag's HEAD, the
 * manifest by digest, of an index one platform's, and the first byte of one blob. Counts
 * as one pull with a registry that counts. Thread-safe.
 */
final class PullTrial {

	private static final FieldPaths FIELDS = FieldPaths.of("manifests[*].digest", "manifests[*].platform.os",
			"manifests[*].platform.architecture", "layers[*].digest", "fsLayers[*].blobSum", "config.digest");

	/** Of an index, or of layers, that are looked at. */
	private static final int ENTRIES = 1000;

	private static final int DEEPEST = 3;

	private final ManifestPull manifests;

	private final BlobPull blobs;

	private final Target target;

	PullTrial(UpstreamDirectory upstreams, Target target) {
		this.manifests = new ManifestPull(upstreams, Schedulers.boundedElastic());
		this.blobs = new BlobPull(upstreams);
		this.target = target;
	}

	/**
	 * Asks what a reference is.
	 * @param reference a tag or digest
	 * @return the manifest, without its body
	 */
	Mono<Pulled.Manifest> resolve(Reference reference) {
		return this.manifests.head(this.target, reference, List.of());
	}

	/**
	 * Pulls the manifest and the first byte of one of its blobs.
	 * @param digest the manifest's or index's digest
	 * @return the blob's digest; empty if the image has no blob
	 */
	Mono<Digest> pull(Reference digest) {
		return blobOf(digest, DEEPEST)
			.flatMap((blob) -> this.blobs.get(this.target, blob, Optional.of(ByteRange.FIRST_BYTE))
				.doOnNext(Pulled::release)
				.thenReturn(blob));
	}

	private Mono<Digest> blobOf(Reference reference, int depth) {
		return this.manifests.get(this.target, reference, List.of())
			.flatMap((pulled) -> pulled.body()
				.buffers()
				.reduceWith(ByteArrayOutputStream::new, PullTrial::append)
				.doFinally((_) -> pulled.release()))
			.map((text) -> JsonFields.read(text.toByteArray(), FIELDS))
			.filter(JsonFields::isObject)
			.switchIfEmpty(Mono.error(() -> new UpstreamException.InvalidAnswer("the manifest is no JSON object")))
			.flatMap((manifest) -> manifest.has("manifests") && depth > 0
					? Mono.justOrEmpty(oneOf(manifest)).flatMap((one) -> blobOf(one, depth - 1))
					: Mono.justOrEmpty(blob(manifest)));
	}

	private static ByteArrayOutputStream append(ByteArrayOutputStream text, ByteBuf buffer) {
		text.writeBytes(ByteBufUtil.getBytes(buffer));
		buffer.release();
		return text;
	}

	/** What most clients would take. */
	private static Optional<Digest> oneOf(JsonFields index) {
		List<String> entries = entries("manifests", index).toList();
		Stream<String> usual = entries.stream()
			.filter((entry) -> index.text(entry + ".platform.os").filter("linux"::equals).isPresent()
					&& index.text(entry + ".platform.architecture").filter("amd64"::equals).isPresent());
		return Stream.concat(usual, entries.stream()).findFirst().flatMap((entry) -> digest(index, entry + ".digest"));
	}

	private static Optional<Digest> blob(JsonFields manifest) {
		Stream<String> layers = entries("layers", manifest).map((entry) -> entry + ".digest");
		Stream<String> schema1 = entries("fsLayers", manifest).map((entry) -> entry + ".blobSum");
		return Stream.of(layers, schema1, Stream.of("config.digest"))
			.flatMap((paths) -> paths)
			.flatMap((path) -> digest(manifest, path).stream())
			.findFirst();
	}

	private static Stream<String> entries(String array, JsonFields fields) {
		return IntStream.range(0, ENTRIES).mapToObj((index) -> array + "[" + index + "]").filter(fields::has);
	}

	private static Optional<Digest> digest(JsonFields fields, String path) {
		return fields.text(path).flatMap(Digest::tryParse);
	}

	/**
	 * What a manifest is, in words.
	 * @param manifest the manifest
	 * @param shown what is shown of the registry's words
	 * @return its type, digest and size
	 */
	static String describe(Pulled.Manifest manifest, UnaryOperator<String> shown) {
		String type = shown.apply(manifest.mediaType())
				+ (manifest.mediaType().equals(MediaTypes.OCI_INDEX) ? " (several platforms)" : "");
		return type + ", " + shown.apply(manifest.digest().toString()) + ", " + manifest.size() + " bytes";
	}

}
