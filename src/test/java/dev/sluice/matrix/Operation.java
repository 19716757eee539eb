package dev.sluice.matrix;

import java.net.http.HttpResponse;
import java.util.Arrays;

import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestContent;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestManifest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a client asks of Sluice, and what it must get where it may have it.
 */
enum Operation {

	/** A manifest by tag; the client takes any type. */
	TAG,

	/** A manifest by digest, from a client that says it knows no index. */
	DIGEST,

	/** A manifest's HEAD. */
	HEAD,

	/** A blob. */
	BLOB,

	/** A blob's HEAD. */
	BLOB_HEAD,

	/** A part of a blob. */
	RANGE,

	/** The list of tags. */
	TAGS;

	private static final int FROM = 100;

	HttpResponse<byte[]> ask(TestClient client, String base, TestImage image) throws Exception {
		String blob = base + "/blobs/" + blob(image).digest();
		return switch (this) {
			case TAG -> client.get(base + "/manifests/1");
			case DIGEST -> client.get(base + "/manifests/" + image.digest(), "Accept", TestManifest.DOCKER_MANIFEST);
			case HEAD -> client.head(base + "/manifests/1");
			case BLOB -> client.get(blob);
			case BLOB_HEAD -> client.head(blob);
			case RANGE -> client.get(blob, "Range", "bytes=" + FROM + "-");
			case TAGS -> client.get(base + "/tags/list");
		};
	}

	boolean isHead() {
		return this == HEAD || this == BLOB_HEAD;
	}

	void check(HttpResponse<byte[]> answer, TestImage image) {
		assertThat(answer.statusCode()).as("%s: %s", this, TestClient.text(answer))
			.isEqualTo((this == RANGE) ? 206 : 200);
		TestContent blob = blob(image);
		switch (this) {
			case TAG, DIGEST -> checkManifest(answer, image, image.manifest().bytes());
			case HEAD -> checkManifest(answer, image, new byte[0]);
			case BLOB -> checkBlob(answer, blob, blob.bytes());
			case BLOB_HEAD -> checkBlob(answer, blob, new byte[0]);
			case RANGE -> {
				checkBlob(answer, blob, Arrays.copyOfRange(blob.bytes(), FROM, (int) blob.size()));
				assertThat(TestClient.header(answer, "Content-Range"))
					.isEqualTo("bytes " + FROM + "-" + (blob.size() - 1) + "/" + blob.size());
			}
			case TAGS -> assertThat(TestClient.text(answer)).contains("\"tags\":[\"1\",\"latest\"]");
		}
	}

	private void checkManifest(HttpResponse<byte[]> answer, TestImage image, byte[] bytes) {
		assertThat(answer.body()).isEqualTo(bytes);
		assertThat(TestClient.header(answer, "Docker-Content-Digest")).isEqualTo(image.digest());
		assertThat(TestClient.header(answer, "Content-Type")).isEqualTo(TestManifest.OCI_INDEX);
		assertThat(TestClient.header(answer, "Content-Length")).isEqualTo("" + image.manifest().bytes().length);
	}

	private void checkBlob(HttpResponse<byte[]> answer, TestContent blob, byte[] bytes) {
		assertThat(answer.body()).isEqualTo(bytes);
		assertThat(TestClient.header(answer, "Docker-Content-Digest")).isEqualTo(blob.digest());
		assertThat(TestClient.header(answer, "Content-Length"))
			.isEqualTo("" + ((this == BLOB_HEAD) ? blob.size() : bytes.length));
	}

	private static TestContent blob(TestImage image) {
		return image.layer(1);
	}

}
