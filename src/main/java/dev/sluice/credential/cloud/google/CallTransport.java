package dev.sluice.credential.cloud.google;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import dev.sluice.credential.cloud.CloudCalls;
import dev.sluice.credential.cloud.CloudException;
import dev.sluice.credential.cloud.Reply;
import dev.sluice.json.FieldPaths;
import dev.sluice.json.JsonFields;
import dev.sluice.transport.OutboundRequest;
import dev.sluice.transport.Url;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import org.jspecify.annotations.Nullable;

/**
 * Lets Google's library call over our connections, so that time-outs and egress proxies
 * are the same for all. A call that gets no answer is a CloudException, which the library
 * lets pass; an IOException it would try again for ten seconds. Thread-safe.
 */
final class CallTransport extends HttpTransport {

	private static final Set<String> BODILESS = Set.of("GET", "HEAD");

	private static final FieldPaths NOTHING = FieldPaths.of();

	private static final int BODY_LIMIT = 64 * 1024;

	private final CloudCalls services;

	private final CloudCalls metadata;

	private final Set<String> metadataHosts;

	CallTransport(CloudCalls services, CloudCalls metadata, Set<String> metadataHosts) {
		this.services = services;
		this.metadata = metadata;
		this.metadataHosts = Set.copyOf(metadataHosts);
	}

	@Override
	protected LowLevelHttpRequest buildRequest(String method, String url) {
		Url target = Url.parse(url);
		CloudCalls calls = this.metadataHosts.contains(target.origin().host()) ? this.metadata : this.services;
		return new Request(calls, HttpMethod.valueOf(method), target);
	}

	private static final class Request extends LowLevelHttpRequest {

		private final CloudCalls calls;

		private final HttpMethod method;

		private final Url url;

		private final HttpHeaders headers = new DefaultHttpHeaders();

		Request(CloudCalls calls, HttpMethod method, Url url) {
			this.calls = calls;
			this.method = method;
			this.url = url;
		}

		@Override
		public void addHeader(String name, String value) {
			this.headers.add(name, value);
		}

		@Override
		public LowLevelHttpResponse execute() throws IOException {
			String type = getContentType();
			if (type != null) {
				this.headers.set(HttpHeaderNames.CONTENT_TYPE, type);
			}
			return new CallResponse(
					checked(this.calls.call(new OutboundRequest(this.method, this.url, this.headers, body()))));
		}

		/**
		 * The library makes a tree of it: the answer must be one that a token fits in.
		 */
		private Reply checked(Reply reply) {
			boolean small = reply.body().length <= BODY_LIMIT && JsonFields.read(reply.body(), NOTHING).isObject();
			if (reply.isGood() && !small) {
				throw new CloudException(this.url.origin() + " answers with no JSON object of 64 KiB at most");
			}
			return small ? reply : new Reply(reply.status(), reply.headers(), new byte[0]);
		}

		private @Nullable String body() throws IOException {
			if (BODILESS.contains(this.method.name())) {
				return null;
			}
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			if (getStreamingContent() != null) {
				getStreamingContent().writeTo(bytes);
			}
			return bytes.toString(StandardCharsets.UTF_8);
		}

	}

}
