package dev.sluice.testing;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file server over the storage of a CNCF distribution, the place its {@code redirect}
 * storage middleware sends clients to for blobs. As strict as an object store: any
 * {@code Authorization} is a 400. It says nothing of digests, as file servers do.
 * Thread-safe.
 */
public final class StorageHost implements RecordingServer {

	private static final Pattern BLOB = Pattern
		.compile("/docker/registry/v2/blobs/sha256/([0-9a-f]{2})/(\\1[0-9a-f]{62})/data");

	private final Map<String, TestContent> files = new ConcurrentHashMap<>();

	private final TestServer server;

	private StorageHost(Listener listener) {
		this.server = new TestServer(listener, this::answer);
	}

	/** Starts one that calls itself {@code 127.0.0.1}. */
	public static StorageHost start() {
		return new StorageHost(Listener.loopback());
	}

	/** Holds a blob. */
	public void hold(TestContent blob) {
		this.files.put(blob.digest().substring("sha256:".length()), blob);
	}

	@Override
	public TestServer server() {
		return this.server;
	}

	private Answer answer(RecordedRequest request) {
		if (request.has("Authorization")) {
			return Answer.of(400, "text/plain", ByteSource.of("no Authorization is taken here\n"));
		}
		Matcher path = BLOB.matcher(request.path());
		TestContent file = path.matches() ? this.files.get(path.group(2)) : null;
		if (file == null) {
			return Answer.of(404, "text/plain", ByteSource.of("no such file\n"));
		}
		return Ranges.answer(request, "application/octet-stream", file.source())
			.with("ETag", "\"" + path.group(2).substring(0, 16) + "\"")
			.with("Last-Modified", "Fri, 20 Nov 2026 10:00:00 GMT")
			.with("Cache-Control", "private, max-age=60");
	}

}
