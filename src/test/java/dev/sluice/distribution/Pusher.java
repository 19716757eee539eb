package dev.sluice.distribution;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestContent;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestManifest;

/**
 * Pushes images straight to a registry (distribution spec, end-4b, end-6, end-7).
 * Immutable.
 *
 * @param client the connections
 * @param url the registry
 * @param authorization the {@code Authorization} of each request
 */
record Pusher(HttpClient client, String url, String authorization) {

	/** Pushes an image under tags, or by its digest alone where none is given. */
	void push(String repository, TestImage image, String... tags) throws IOException, InterruptedException {
		for (TestContent blob : image.blobs()) {
			push(repository, blob, blob.digest());
		}
		for (TestManifest manifest : image.manifests().reversed()) {
			push(repository, manifest, manifest.digest());
		}
		for (String tag : tags) {
			push(repository, image.manifest(), tag);
		}
	}

	/** Pushes a blob under one of its digests. */
	void push(String repository, TestContent blob, String digest) throws IOException, InterruptedException {
		URI uploads = URI.create(this.url + "/v2/" + repository + "/blobs/uploads/");
		String upload = TestClient.header(send("POST", uploads, "text/plain", BodyPublishers.noBody(), 202),
				"Location");
		URI end = uploads.resolve(upload + (upload.contains("?") ? "&" : "?") + "digest=" + digest);
		send("PUT", end, "application/octet-stream", BodyPublishers.ofByteArray(blob.bytes()), 201);
	}

	private void push(String repository, TestManifest manifest, String reference)
			throws IOException, InterruptedException {
		URI uri = URI.create(this.url + "/v2/" + repository + "/manifests/" + reference);
		send("PUT", uri, manifest.mediaType(), BodyPublishers.ofByteArray(manifest.bytes()), 201);
	}

	private HttpResponse<String> send(String method, URI uri, String type, BodyPublisher body, int expected)
			throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(uri)
			.method(method, body)
			.header("Content-Type", type)
			.header("Authorization", this.authorization)
			.build();
		HttpResponse<String> response = this.client.send(request, BodyHandlers.ofString());
		if (response.statusCode() != expected) {
			throw new IllegalStateException(
					method + " " + uri + " answered " + response.statusCode() + " " + response.body());
		}
		return response;
	}

}
