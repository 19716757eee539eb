package dev.sluice.transport;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection on which more arrives than its answer is long: the body of an
 * answer to HEAD (RFC 9110, 9.3.2), or bytes behind a body. Whoever used it next would
 * take them for an answer. The end of an answer is held back until all that was read with
 * it has been looked at. Confined to the connection's event loop.
 */
final class Leftovers extends ChannelDuplexHandler {

	private boolean awaited;

	private @Nullable LastHttpContent end;

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		this.awaited |= message instanceof HttpRequest;
		context.write(message, promise);
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (!this.awaited) {
			ReferenceCountUtil.release(message);
			context.close();
		}
		else if (message instanceof LastHttpContent last) {
			this.awaited = false;
			this.end = last;
		}
		else {
			context.fireChannelRead(message);
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		passEnd(context);
		context.fireChannelReadComplete();
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		passEnd(context);
		context.fireChannelInactive();
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext context) {
		LastHttpContent lost = this.end;
		this.end = null;
		ReferenceCountUtil.release(lost);
	}

	private void passEnd(ChannelHandlerContext context) {
		LastHttpContent last = this.end;
		if (last != null) {
			this.end = null;
			context.fireChannelRead(last);
		}
	}

}
