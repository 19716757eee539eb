package dev.sluice.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An image, index or artifact to push: the manifests (what a tag names comes first) and
 * the blobs they name. Immutable.
 *
 * @param manifests the manifest that a tag names, then those it contains
 * @param blobs configs and layers
 */
public record TestImage(List<TestManifest> manifests, List<TestContent> blobs) {

	private static final String OCI_CONFIG = "application/vnd.oci.image.config.v1+json";

	private static final String DOCKER_CONFIG = "application/vnd.docker.container.image.v1+json";

	private static final String OCI_LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";

	private static final String DOCKER_LAYER = "application/vnd.docker.image.rootfs.diff.tar.gzip";

	private static final String OCI_EMPTY = "application/vnd.oci.empty.v1+json";

	public TestImage {
		manifests = List.copyOf(manifests);
		blobs = List.copyOf(blobs);
	}

	/** An OCI image for linux/amd64 with these layers. */
	public static TestImage of(TestContent... layers) {
		return image(TestManifest.OCI_MANIFEST, OCI_CONFIG, OCI_LAYER, "amd64", layers);
	}

	/** A Docker schema 2 image with these layers. */
	public static TestImage docker(TestContent... layers) {
		return image(TestManifest.DOCKER_MANIFEST, DOCKER_CONFIG, DOCKER_LAYER, "amd64", layers);
	}

	/** An OCI image for one architecture with these layers. */
	public static TestImage forArchitecture(String architecture, TestContent... layers) {
		return image(TestManifest.OCI_MANIFEST, OCI_CONFIG, OCI_LAYER, architecture, layers);
	}

	/** An OCI image of three small layers that no other image has. */
	public static TestImage random() {
		return of(TestContent.random(1024), TestContent.random(2048), TestContent.random(4096));
	}

	/** An OCI index over an amd64 and an arm64 image, all of its content unique. */
	public static TestImage multiArch() {
		return index(Map.of("amd64", forArchitecture("amd64", TestContent.random(1024), TestContent.random(2048)),
				"arm64", forArchitecture("arm64", TestContent.random(1024), TestContent.random(2048))));
	}

	/** An OCI index over images by architecture. */
	public static TestImage index(Map<String, TestImage> images) {
		List<Map<String, Object>> descriptors = images.entrySet()
			.stream()
			.sorted(Map.Entry.comparingByKey())
			.map((entry) -> platformDescriptor(entry.getKey(), entry.getValue()))
			.toList();
		TestManifest index = TestManifest.of(TestManifest.OCI_INDEX, Json
			.of(Json.object("schemaVersion", 2, "mediaType", TestManifest.OCI_INDEX, "manifests", descriptors)));
		List<TestManifest> manifests = new ArrayList<>(List.of(index));
		images.values().forEach((image) -> manifests.addAll(image.manifests()));
		return new TestImage(manifests, images.values().stream().flatMap((image) -> image.blobs().stream()).toList());
	}

	/** An artifact (a signature, an SBOM) that refers to {@code subject}. */
	public static TestImage referrer(TestManifest subject, String artifactType, TestContent payload) {
		TestContent config = TestContent.of("{}");
		TestContent manifest = TestContent.of(Json.of(Json.object("schemaVersion", 2, "mediaType",
				TestManifest.OCI_MANIFEST, "artifactType", artifactType, "config", descriptor(OCI_EMPTY, config),
				"layers", List.of(descriptor("application/octet-stream", payload)), "subject", subject.descriptor())));
		return new TestImage(
				List.of(new TestManifest(TestManifest.OCI_MANIFEST, manifest, subject.digest(), artifactType)),
				List.of(config, payload));
	}

	private static TestImage image(String type, String configType, String layerType, String architecture,
			TestContent... layers) {
		List<String> ids = Stream.of(layers).map(TestContent::digest).toList();
		TestContent config = TestContent.of(Json.of(Json.object("architecture", architecture, "os", "linux", "rootfs",
				Json.object("type", "layers", "diff_ids", ids))));
		List<Map<String, Object>> descriptors = Stream.of(layers).map((layer) -> descriptor(layerType, layer)).toList();
		TestManifest manifest = TestManifest.of(type, Json.of(Json.object("schemaVersion", 2, "mediaType", type,
				"config", descriptor(configType, config), "layers", descriptors)));
		return new TestImage(List.of(manifest), Stream.concat(Stream.of(config), Stream.of(layers)).toList());
	}

	private static Map<String, Object> descriptor(String mediaType, TestContent content) {
		return Json.object("mediaType", mediaType, "digest", content.digest(), "size", content.size());
	}

	private static Map<String, Object> platformDescriptor(String architecture, TestImage image) {
		Map<String, Object> descriptor = image.manifest().descriptor();
		descriptor.put("platform", Json.object("architecture", architecture, "os", "linux"));
		return descriptor;
	}

	/** The manifest that a tag names. */
	public TestManifest manifest() {
		return this.manifests.getFirst();
	}

	/** The digest that a tag names. */
	public String digest() {
		return manifest().digest();
	}

	/** The config of the (first) image. */
	public TestContent config() {
		return this.blobs.getFirst();
	}

	/** The layer at {@code index} of the (first) image. */
	public TestContent layer(int index) {
		return this.blobs.get(index + 1);
	}

}
