package dev.sluice.testing;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

/**
 * An object store that serves blobs by signed URLs, as strict as the real ones: any
 * {@code Authorization} is a 400, a URL signed for GET refuses HEAD (403), and so is an
 * unknown signature. It calls itself {@code localhost} unless given a {@link Listener}.
 * Remembers each URL it has signed. Thread-safe.
 */
public final class BlobHost implements RecordingServer {

	private final Map<String, TestContent> signed = new ConcurrentHashMap<>();

	private final TestServer server;

	private volatile int hops;

	private volatile int hopStatus = 302;

	private volatile @Nullable BlobHost nextHost;

	private volatile Store store = Store.S3;

	private BlobHost(Listener listener) {
		this.server = new TestServer(listener, this::answer);
	}

	/** Starts one. */
	public static BlobHost start() {
		return start(Listener.localhost());
	}

	/** Starts one. */
	public static BlobHost start(Listener listener) {
		return new BlobHost(listener);
	}

	/** Redirects {@code count} times to itself, with {@code status}, before the bytes. */
	public BlobHost redirectChain(int count, int status) {
		this.hops = count;
		this.hopStatus = status;
		return this;
	}

	/** Redirects to a signed URL of another host instead of giving the bytes. */
	public BlobHost redirectTo(BlobHost other, int status) {
		this.nextHost = other;
		this.hopStatus = status;
		return this;
	}

	/** Refuses an {@code Authorization} in this store's words from now on. */
	public BlobHost as(Store other) {
		this.store = other;
		return this;
	}

	/** Makes all URLs signed so far invalid, as if expired. */
	public void expireUrls() {
		this.signed.clear();
	}

	/** A URL by which the content can be had by GET, without a credential. */
	public String sign(TestContent content) {
		byte[] random = new byte[16];
		ThreadLocalRandom.current().nextBytes(random);
		String signature = HexFormat.of().formatHex(random);
		this.signed.put(signature, content);
		return location(this.hops, content.digest().substring(7), signature);
	}

	private String location(int hopsLeft, String name, String signature) {
		return url() + "/hop/" + hopsLeft + "/" + name + "?X-Signature="
				+ URLEncoder.encode(signature, StandardCharsets.UTF_8);
	}

	@Override
	public TestServer server() {
		return this.server;
	}

	private Answer answer(RecordedRequest request) {
		if (request.has("Authorization")) {
			return xml(400, this.store.code, this.store.message);
		}
		if (!request.method().equals("GET")) {
			return xml(403, "SignatureDoesNotMatch", "The request signature does not match");
		}
		String signature = request.parameter("X-Signature").orElse("");
		TestContent content = this.signed.get(signature);
		if (content == null) {
			return xml(403, "AccessDenied", "Request has expired");
		}
		return bytesOrRedirect(request, content, signature);
	}

	private Answer bytesOrRedirect(RecordedRequest request, TestContent content, String signature) {
		String[] segments = request.path().split("/", -1);
		int hopsLeft = Integer.parseInt(segments[2]);
		if (hopsLeft > 0) {
			return Answer.of(this.hopStatus).with("Location", location(hopsLeft - 1, segments[3], signature));
		}
		BlobHost next = this.nextHost;
		if (next != null) {
			return Answer.of(this.hopStatus).with("Location", next.sign(content));
		}
		return Ranges.answer(request, "binary/octet-stream", content.source())
			.with("ETag", "\"" + content.digest().substring(7, 39) + "\"")
			.with("Server", "TestBlobs")
			.with("x-amz-request-id", "4442587FB7D0A2F9");
	}

	private static Answer xml(int status, String code, String message) {
		return Answer.of(status, "application/xml",
				ByteSource.of("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code + "</Code><Message>"
						+ message + "</Message></Error>"));
	}

	/** Whose words an {@code Authorization} beside a signed URL is refused with. */
	public enum Store {

		/** Amazon S3, and what imitates it. */
		S3("InvalidArgument",
				"Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string "
						+ "parameter or the Authorization header should be specified"),

		/** Azure Blob Storage. */
		AZURE("InvalidAuthenticationInfo", "Authentication information is not given in the correct format. "
				+ "Check the value of Authorization header.");

		private final String code;

		private final String message;

		Store(String code, String message) {
			this.code = code;
			this.message = message;
		}

	}

}
