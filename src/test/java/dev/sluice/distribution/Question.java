package dev.sluice.distribution;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import dev.sluice.testing.TestContent;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestManifest;

/**
 * What a client asks of a registry, straight or through Sluice. Immutable.
 *
 * @param name in words
 * @param method GET or HEAD
 * @param path behind {@code /v2/<repository>/}
 * @param headers names and values in turn
 */
record Question(String name, String method, String path, List<String> headers) {

	/** A multi-arch image with a layer of 8 MiB. */
	static final TestImage APP = TestImage.index(Map.of("amd64",
			TestImage.forArchitecture("amd64", TestContent.generated(8 << 20, 1), TestContent.generated(2048, 2),
					TestContent.generated(1, 3)),
			"arm64",
			TestImage.forArchitecture("arm64", TestContent.generated(70_000, 4), TestContent.generated(2048, 5))));

	/** An image in Docker's own format. */
	static final TestImage DOCKER = TestImage.docker(TestContent.generated(3000, 6), TestContent.generated(4000, 7));

	/** An artifact that refers to {@link #APP}. */
	static final TestImage SIGNATURE = TestImage.referrer(APP.manifest(), "application/vnd.example.signature",
			TestContent.generated(500, 8));

	/** A blob that belongs to no image, pushed by its sha512. */
	static final TestContent NAMED_BY_SHA512 = TestContent.generated(600, 9);

	private static final String INDEXES = TestManifest.OCI_INDEX + ", " + TestManifest.DOCKER_LIST;

	private static final String IMAGES = TestManifest.OCI_MANIFEST + ", " + TestManifest.DOCKER_MANIFEST;

	private static final TestContent LAYER = APP.blobs()
		.stream()
		.filter((blob) -> blob.size() == 8 << 20)
		.findFirst()
		.orElseThrow();

	private static final String UNKNOWN = "sha256:" + "0".repeat(64);

	/** All that is compared; GET and HEAD of each. */
	static Stream<Question> all() {
		return Stream.of(manifests(), blobs(), ranges(), lists(), unknown())
			.flatMap((questions) -> questions)
			.flatMap((get) -> Stream.of(get, get.byHead()));
	}

	private static Stream<Question> manifests() {
		return Stream.of(get("index by tag", "manifests/1", "Accept", INDEXES + ", " + IMAGES),
				get("index by tag, Accept on two lines", "manifests/1", "Accept", IMAGES, "Accept", INDEXES),
				get("index by digest", "manifests/" + APP.digest(), "Accept", INDEXES + ", " + IMAGES),
				get("manifest by digest", "manifests/" + APP.manifests().get(1).digest(), "Accept", IMAGES),
				get("other architecture's manifest", "manifests/" + APP.manifests().get(2).digest(), "Accept", IMAGES),
				get("Docker manifest by tag", "manifests/docker", "Accept", IMAGES),
				get("Docker manifest by digest", "manifests/" + DOCKER.digest(), "Accept", IMAGES),
				get("artifact by digest", "manifests/" + SIGNATURE.digest(), "Accept", IMAGES));
	}

	private static Stream<Question> blobs() {
		Stream<Question> bySha256 = Stream.concat(APP.blobs().stream(), DOCKER.blobs().stream())
			.map((blob) -> get("blob of " + blob.size() + " bytes", "blobs/" + blob.digest()));
		return Stream.concat(bySha256, Stream.of(get("blob by sha512", "blobs/" + NAMED_BY_SHA512.sha512())));
	}

	private static Stream<Question> ranges() {
		return Stream
			.of("bytes=0-0", "bytes=1000000-3000000", "bytes=8388000-", "bytes=8388607-", "bytes=-500",
					"bytes=8000000-99999999", "bytes=8388608-")
			.map((range) -> get("range " + range, "blobs/" + LAYER.digest(), "Range", range));
	}

	private static Stream<Question> lists() {
		return Stream.of(get("all tags", "tags/list"), get("first page of tags", "tags/list?n=2"),
				get("second page of tags", "tags/list?n=2&last=2"), get("last page of tags", "tags/list?n=2&last=3"),
				get("page of no tags", "tags/list?n=0"), get("tags after one", "tags/list?last=2"),
				get("referrers", "referrers/" + APP.digest()), get("referrers of a type",
						"referrers/" + APP.digest() + "?artifactType=application/vnd.example.signature"));
	}

	private static Stream<Question> unknown() {
		return Stream.of(get("unknown tag", "manifests/none", "Accept", INDEXES),
				get("tag of a type not accepted", "manifests/1", "Accept", TestManifest.DOCKER_MANIFEST),
				get("unknown manifest", "manifests/" + UNKNOWN, "Accept", INDEXES),
				get("unknown blob", "blobs/" + UNKNOWN));
	}

	private static Question get(String name, String path, String... headers) {
		return new Question(name, "GET", path, List.of(headers));
	}

	Question byGet() {
		return new Question(this.name, "GET", this.path, this.headers);
	}

	private Question byHead() {
		return new Question(this.name, "HEAD", this.path, this.headers);
	}

	boolean isHead() {
		return this.method.equals("HEAD");
	}

	/** The digest that it names, if it is a sha512. */
	Optional<String> sha512() {
		int start = this.path.indexOf("sha512:");
		return (start < 0) ? Optional.empty() : Optional.of(this.path.substring(start));
	}

	String[] headersAnd(String... more) {
		return Stream.concat(this.headers.stream(), Stream.of(more)).toArray(String[]::new);
	}

	@Override
	public String toString() {
		return this.method + " " + this.name;
	}

}
