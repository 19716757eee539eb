package dev.sluice.wiring;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.handler.timeout.WriteTimeoutException;

/**
 * Ends the connection of a client that takes none of what waits for it. A write counts as
 * taken byte by byte: a large one to a slow client takes longer than any time-out, and
 * moves all the same.
 */
class StalledClient extends IdleStateHandler {

	/**
	 * Watches one connection.
	 * @param patience how long nothing may move while bytes wait; it is looked so often,
	 * so that twice as long may pass
	 */
	StalledClient(Duration patience) {
		super(true, 0, patience.toMillis(), 0, TimeUnit.MILLISECONDS);
	}

	/**
	 * The first look after a write has nothing to compare with. A slice of a file waits
	 * without being counted among the bytes.
	 */
	@Override
	protected void channelIdle(ChannelHandlerContext context, IdleStateEvent event) {
		ChannelOutboundBuffer waiting = context.channel().unsafe().outboundBuffer();
		if (!event.isFirst() && waiting != null && !waiting.isEmpty()) {
			context.fireExceptionCaught(WriteTimeoutException.INSTANCE);
			context.close();
		}
	}

}
