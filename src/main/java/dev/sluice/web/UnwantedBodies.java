package dev.sluice.web;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * Throws away what a client sends behind its request's headers: no pull has a body.
 * Whoever serves the request sees none, and the connection ends with the answer, however
 * slowly the client sends. Confined to the connection's event loop.
 */
final class UnwantedBodies extends ChannelDuplexHandler {

	/** How long a client that still sends may take to see its answer. */
	private static final int LINGER_SECONDS = 5;

	/** What is read belongs to a body, or to nothing. */
	private boolean discarding;

	private @Nullable Runnable end;

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof HttpRequest request) {
			read(context, request);
		}
		else if (this.discarding) {
			ReferenceCountUtil.release(message);
			this.discarding = !(message instanceof LastHttpContent);
			endIf(!this.discarding);
		}
		else {
			context.fireChannelRead(message);
		}
	}

	/** Behind a request that can't be read, its decoder finds no other. */
	private void read(ChannelHandlerContext context, HttpRequest request) {
		this.discarding = request.decoderResult().isFailure() || hasBody(request);
		if (this.discarding) {
			request.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
		}
		context.fireChannelRead(request);
		if (this.discarding) {
			context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
		}
	}

	private static boolean hasBody(HttpRequest request) {
		String length = request.headers().get(HttpHeaderNames.CONTENT_LENGTH, "0");
		return HttpUtil.isTransferEncodingChunked(request) || !length.equals("0");
	}

	/**
	 * A connection that is closed while its client sends is reset, and the client may
	 * never see the answer: so what it sends is read for a while (RFC 9112, 9.6).
	 */
	@Override
	public void close(ChannelHandlerContext context, ChannelPromise promise) {
		if (!this.discarding || this.end != null || !context.channel().isActive()) {
			context.close(promise);
			return;
		}
		ScheduledFuture<?> patience = context.executor()
			.schedule(() -> closeOnce(context, promise), LINGER_SECONDS, TimeUnit.SECONDS);
		this.end = () -> {
			patience.cancel(false);
			closeOnce(context, promise);
		};
		if (context.channel() instanceof DuplexChannel client && context.pipeline().get(SslHandler.class) == null) {
			client.shutdownOutput();
		}
	}

	/** The end of the connection comes of closing it, too. */
	private static void closeOnce(ChannelHandlerContext context, ChannelPromise promise) {
		if (!promise.isDone()) {
			context.close(promise);
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		endIf(true);
		context.fireChannelInactive();
	}

	private void endIf(boolean over) {
		if (over && this.end != null) {
			this.end.run();
		}
	}

}
