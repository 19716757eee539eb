package dev.sluice.testing;

import org.jspecify.annotations.Nullable;

/**
 * The blobs endpoint (end-2): the bytes themselves, or a redirect to where they are.
 * Thread-safe.
 */
final class BlobAnswers {

	private volatile @Nullable Redirect redirect;

	void redirectTo(BlobHost host, int status) {
		this.redirect = new Redirect(host, status);
	}

	Answer answer(RecordedRequest request, TestRepository repository, String digest) {
		if (!Digests.valid(digest)) {
			return Answer.error(400, "DIGEST_INVALID", "provided digest did not match uploaded content");
		}
		return repository.blob(digest)
			.map((blob) -> answer(request, blob, digest))
			.orElseGet(() -> Answer.error(404, "BLOB_UNKNOWN", "blob unknown to registry"));
	}

	private Answer answer(RecordedRequest request, TestContent blob, String digest) {
		Redirect elsewhere = this.redirect;
		if (elsewhere != null) {
			return Answer.of(elsewhere.status()).with("Location", elsewhere.host().sign(blob));
		}
		return Ranges.answer(request, "application/octet-stream", blob.source())
			.with("Docker-Content-Digest", digest)
			.with("ETag", "\"" + digest + "\"")
			.with("Cache-Control", "max-age=31536000");
	}

	private record Redirect(BlobHost host, int status) {
	}

}
