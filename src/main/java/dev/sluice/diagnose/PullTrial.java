package dev.sluice.diagnose;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.sluice.oci.ByteRange;
import dev.sluice.oci.Digest;
import dev.sluice.oci.MediaTypes;
import dev.sluice.oci.Reference;
import dev.sluice.oci.RegistryException;
import dev.sluice.pull.BlobPull;
import dev.sluice.pull.ManifestPull;
import dev.sluice.pull.Pulled;
import dev.sluice.route.Target;
import dev.sluice.upstream.UpstreamDirectory;
import io.netty.buffer.ByteBuf;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Goes through a pull's requests as a client would make them: the tag's HEAD, the
 * manifest by digest, of an index one platform's, and the first byte of one blob. Counts
 * as one pull with a registry that counts. Thread-safe.
 */
final class PullTrial {

	private static final JsonMapper JSON = new JsonMapper();

	private static final int DEEPEST = 3;

	private final ManifestPull manifests;

	private final BlobPull blobs;

	private final Target target;

	PullTrial(UpstreamDirectory upstreams, Target target) {
		this.manifests = new ManifestPull(upstreams);
		this.blobs = new BlobPull(upstreams);
		this.target = target;
	}

	/**
	 * Asks what a reference is.
	 * @param reference a tag or digest
	 * @return the manifest, without its body
	 */
	Mono<Pulled> resolve(Reference reference) {
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
			.flatMap((pulled) -> pulled.body().reduceWith(StringBuilder::new, PullTrial::append))
			.map((text) -> JSON.readTree(text.toString()))
			.filter(JsonNode::isObject)
			.switchIfEmpty(Mono.error(() -> new RegistryException.InvalidAnswer("the manifest is no JSON object")))
			.flatMap((manifest) -> manifest.has("manifests") && depth > 0
					? Mono.justOrEmpty(oneOf(manifest.path("manifests"))).flatMap((one) -> blobOf(one, depth - 1))
					: Mono.justOrEmpty(blob(manifest)));
	}

	private static StringBuilder append(StringBuilder text, ByteBuf buffer) {
		text.append(buffer.toString(StandardCharsets.UTF_8));
		buffer.release();
		return text;
	}

	/** What most clients would take. */
	private static Optional<Digest> oneOf(JsonNode manifests) {
		Stream<JsonNode> usual = manifests.valueStream()
			.filter((entry) -> entry.at("/platform/os").asString("").equals("linux")
					&& entry.at("/platform/architecture").asString("").equals("amd64"));
		return Stream.concat(usual, manifests.valueStream()).findFirst().flatMap(PullTrial::digest);
	}

	private static Optional<Digest> blob(JsonNode manifest) {
		return Stream.concat(manifest.path("layers").valueStream(), Stream.of(manifest.path("config")))
			.flatMap((descriptor) -> digest(descriptor).stream())
			.findFirst();
	}

	private static Optional<Digest> digest(JsonNode descriptor) {
		return Digest.tryParse(descriptor.path("digest").asString(""));
	}

	/**
	 * What a manifest is, in words.
	 * @param pulled the manifest
	 * @return its type, digest and size
	 */
	static String describe(Pulled pulled) {
		String type = pulled.mediaType()
				+ (pulled.mediaType().equals(MediaTypes.OCI_INDEX) ? " (several platforms)" : "");
		String digest = pulled.digest().map(Digest::toString).orElse("no digest");
		return type + ", " + digest
				+ (pulled.length().isPresent() ? ", " + pulled.length().getAsLong() + " bytes" : "");
	}

}
