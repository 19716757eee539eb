package dev.sluice.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * Holds back the end of an answer until all that was read with it has been looked at: a
 * connection that holds more goes into no pool, see {@link AnswerCodec}. Confined to the
 * connection's event loop.
 */
final class Leftovers extends ChannelInboundHandlerAdapter {

	private final AnswerCodec codec;

	private @Nullable LastHttpContent end;

	/**
	 * Watches for ends.
	 * @param codec to be told of them
	 */
	Leftovers(AnswerCodec codec) {
		this.codec = codec;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof LastHttpContent last) {
			this.codec.answered();
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
