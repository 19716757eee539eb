package dev.sluice.credential.cloud.google;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

import com.google.api.client.http.LowLevelHttpResponse;
import dev.sluice.credential.cloud.Reply;
import io.netty.handler.codec.http.HttpHeaderNames;
import org.jspecify.annotations.Nullable;

/** An answer as Google's library wants it. */
final class CallResponse extends LowLevelHttpResponse {

	private final Reply reply;

	private final List<Map.Entry<String, String>> headers;

	CallResponse(Reply reply) {
		this.reply = reply;
		this.headers = reply.headers().entries();
	}

	@Override
	public InputStream getContent() {
		return new ByteArrayInputStream(this.reply.body());
	}

	@Override
	public @Nullable String getContentEncoding() {
		return null;
	}

	@Override
	public long getContentLength() {
		return this.reply.body().length;
	}

	@Override
	public @Nullable String getContentType() {
		return this.reply.headers().get(HttpHeaderNames.CONTENT_TYPE);
	}

	@Override
	public String getStatusLine() {
		return "HTTP/1.1 " + this.reply.status();
	}

	@Override
	public int getStatusCode() {
		return this.reply.status();
	}

	@Override
	public String getReasonPhrase() {
		return "";
	}

	@Override
	public int getHeaderCount() {
		return this.headers.size();
	}

	@Override
	public String getHeaderName(int index) {
		return this.headers.get(index).getKey();
	}

	@Override
	public String getHeaderValue(int index) {
		return this.headers.get(index).getValue();
	}

}
