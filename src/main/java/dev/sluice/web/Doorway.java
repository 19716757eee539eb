package dev.sluice.web;

import java.util.Optional;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client's requests and whoever serves them. What can't be read or isn't
 * let in becomes a request that says so, in its turn, so that it is answered and logged
 * as any other. Confined to the connection's event loop.
 */
final class Doorway extends ChannelDuplexHandler {

	/** Requests that wait for answers; more is nobody's honest pipelining. */
	private static final int PIPELINED = 64;

	private final FrontDoor door;

	private final boolean namesChecked;

	private int unanswered;

	/** One that ends the connection, while others wait for their answers. */
	private @Nullable HttpRequest last;

	Doorway(FrontDoor door, boolean namesChecked) {
		this.door = door;
		this.namesChecked = namesChecked;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (this.last != null) {
			ReferenceCountUtil.release(message);
		}
		else if (message instanceof HttpRequest request) {
			enter(context, request);
		}
		else {
			context.fireChannelRead(message);
		}
	}

	/**
	 * Reactor Netty would end the connection before those that came earlier are answered.
	 */
	private void enter(ChannelHandlerContext context, HttpRequest request) {
		if (this.unanswered == PIPELINED) {
			ReferenceCountUtil.release(request);
			context.close();
			return;
		}
		HttpRequest entering = entering(request);
		if (this.unanswered > 0 && !HttpUtil.isKeepAlive(entering)) {
			this.last = entering;
			return;
		}
		this.unanswered++;
		context.fireChannelRead(entering);
	}

	private void enterLast(ChannelHandlerContext context) {
		HttpRequest request = this.last;
		if (request != null && this.unanswered == 0 && context.channel().isActive()) {
			this.unanswered++;
			context.fireChannelRead(request);
			context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
		}
	}

	private HttpRequest entering(HttpRequest request) {
		Refusal.removeFrom(request.headers());
		if (request.decoderResult().isFailure()) {
			return instead(request, Refusal.of(request.decoderResult().cause()));
		}
		Optional<RequestTarget> target = RequestTarget.parse(request.uri());
		return (target.isEmpty() || request.protocolVersion().majorVersion() != 1) ? instead(request, Refusal.MALFORMED)
				: checked(request, target.get());
	}

	private HttpRequest checked(HttpRequest request, RequestTarget target) {
		boolean hostNeeded = request.protocolVersion().minorVersion() > 0;
		String authority = target.authority();
		if (authority != null && FrontDoor.isHostWellFormed(request.headers(), hostNeeded)) {
			request.headers().set(HttpHeaderNames.HOST, authority);
		}
		Optional<Refusal> refusal = this.door.refusal(request.headers(), hostNeeded, this.namesChecked);
		if (refusal.filter(Refusal.HOST_MISSING::equals).isPresent()) {
			request.headers().remove(HttpHeaderNames.HOST);
		}
		refusal.ifPresent((it) -> it.addTo(request.headers()));
		return request.setUri(target.path())
			.setProtocolVersion(hostNeeded ? HttpVersion.HTTP_1_1 : HttpVersion.HTTP_1_0);
	}

	/** Of what couldn't be read only what is safe is kept. */
	private static HttpRequest instead(HttpRequest unreadable, Refusal refusal) {
		ReferenceCountUtil.release(unreadable);
		boolean line = unreadable.protocolVersion().majorVersion() == 1 && !unreadable.uri().equals("/bad-request");
		String path = RequestTarget.parse(unreadable.uri()).filter((_) -> line).map(RequestTarget::path).orElse("/");
		HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, unreadable.method(), path);
		request.headers()
			.set(HttpHeaderNames.USER_AGENT, unreadable.headers().get(HttpHeaderNames.USER_AGENT, ""))
			.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
		refusal.addTo(request.headers());
		return request;
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		boolean interim = message instanceof HttpResponse response
				&& response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
		if (interim || !(message instanceof LastHttpContent)) {
			context.write(message, promise);
			return;
		}
		context.write(message, promise.unvoid()).addListener((_) -> {
			this.unanswered--;
			// behind those who wait for the same to end the exchange
			context.executor().execute(() -> enterLast(context));
		});
	}

}
