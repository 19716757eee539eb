package dev.sluice.transport;

import java.net.ProtocolException;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Drops answers 1xx (RFC 9110, 15.2), {@value #LIMIT} before each answer at most. Reactor
 * Netty takes any but 100 for the answer; the real one would then be the next request's.
 * Confined to the connection's event loop.
 */
final class InterimAnswers extends ChannelInboundHandlerAdapter {

	private static final int LIMIT = 16;

	private int dropped;

	private boolean dropping;

	/** Nothing was passed on since the last read, so nobody will ask for the next. */
	private boolean starving;

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof HttpResponse response) {
			this.dropping = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
			this.dropped = this.dropping ? this.dropped + 1 : 0;
			check(context, response);
		}
		this.starving = this.dropping;
		if (!this.dropping) {
			context.fireChannelRead(message);
			return;
		}
		ReferenceCountUtil.release(message);
		this.dropping = !(message instanceof LastHttpContent);
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		if (this.starving) {
			this.starving = false;
			context.read();
		}
		context.fireChannelReadComplete();
	}

	private void check(ChannelHandlerContext context, HttpResponse response) {
		if (response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
			giveUp(context, "the upstream switches protocols unasked");
		}
		else if (this.dropped == LIMIT + 1) {
			giveUp(context, "more than " + LIMIT + " interim answers");
		}
	}

	private static void giveUp(ChannelHandlerContext context, String why) {
		context.fireExceptionCaught(new ProtocolException(why));
		context.close();
	}

}
