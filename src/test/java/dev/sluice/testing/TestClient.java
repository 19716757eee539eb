package dev.sluice.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;

/**
 * A plain HTTP/1.1 client for one server, without redirects, retries or credentials of
 * its own. Headers are given as names and values in turn. Thread-safe.
 */
public final class TestClient implements AutoCloseable {

	private final HttpClient client;

	private final String url;

	private TestClient(HttpClient client, String url) {
		this.client = client;
		this.url = url;
	}

	/** Longer than any honest answer takes. */
	private static final Duration PATIENCE = Duration.ofMinutes(1);

	/** A client for the server at {@code url}. */
	public static TestClient of(String url) {
		return of(url, HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
	}

	/** A client for the server at {@code url}, over connections of {@code client}. */
	public static TestClient of(String url, HttpClient client) {
		return new TestClient(client, url);
	}

	/** GET with the whole body. */
	public HttpResponse<byte[]> get(String path, String... headers) throws IOException, InterruptedException {
		return send("GET", path, headers);
	}

	/** HEAD. */
	public HttpResponse<byte[]> head(String path, String... headers) throws IOException, InterruptedException {
		return send("HEAD", path, headers);
	}

	/** Any method without a body. */
	public HttpResponse<byte[]> send(String method, String path, String... headers)
			throws IOException, InterruptedException {
		return this.client.send(request(method, path, headers), BodyHandlers.ofByteArray());
	}

	/** POST of a form. */
	public HttpResponse<byte[]> post(String path, String form) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(uri(path))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString(form))
			.build();
		return this.client.send(request, BodyHandlers.ofByteArray());
	}

	/** GET of which the caller reads, and closes, the body. */
	public HttpResponse<InputStream> stream(String path, String... headers) throws IOException, InterruptedException {
		return this.client.send(request("GET", path, headers), BodyHandlers.ofInputStream());
	}

	/** GET that is not waited for. */
	public CompletableFuture<HttpResponse<byte[]>> getAsync(String path, String... headers) {
		return this.client.sendAsync(request("GET", path, headers), BodyHandlers.ofByteArray());
	}

	private HttpRequest request(String method, String path, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
			.timeout(PATIENCE)
			.method(method, BodyPublishers.noBody());
		for (int index = 0; index < headers.length; index += 2) {
			request.header(headers[index], headers[index + 1]);
		}
		return request.build();
	}

	private URI uri(String path) {
		return URI.create(path.startsWith("http") ? path : this.url + path);
	}

	/** The value of an {@code Authorization} header for Basic. */
	public static String basic(String user, String password) {
		return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
	}

	/** The first line of a header that must be there. */
	public static String header(HttpResponse<?> response, String name) {
		return response.headers().firstValue(name).orElseThrow(() -> new AssertionError("no " + name));
	}

	/** The body as text. */
	public static String text(HttpResponse<byte[]> response) {
		return new String(response.body(), StandardCharsets.UTF_8);
	}

	/** Ends all exchanges at once and closes the connections. */
	@Override
	public void close() {
		this.client.shutdownNow();
		this.client.close();
	}

}
