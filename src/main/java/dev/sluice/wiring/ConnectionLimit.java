package dev.sluice.wiring;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts no more connections of a port than can be borne, for each costs memory before
 * it has said anything. Further clients wait in the kernel's queue until others leave; a
 * few that came in the same moment are served in excess. To be put before the listening
 * channel's own handlers. Confined to its event loop, but for the count.
 */
final class ConnectionLimit extends ChannelInboundHandlerAdapter {

	private static final Logger LOG = LoggerFactory.getLogger(ConnectionLimit.class);

	private static final Duration SILENCE = Duration.ofMinutes(1);

	private final int limit;

	private final AtomicInteger open = new AtomicInteger();

	private volatile boolean full;

	private long quietUntil = System.nanoTime();

	/**
	 * Bounds a port's connections.
	 * @param limit how many at a time
	 */
	ConnectionLimit(int limit) {
		this.limit = limit;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof Channel client) {
			client.closeFuture().addListener((_) -> leave(context.channel()));
			enter(context.channel());
		}
		context.fireChannelRead(message);
	}

	private void enter(Channel port) {
		if (this.open.incrementAndGet() >= this.limit && !this.full) {
			this.full = true;
			port.config().setAutoRead(false);
			tell(port);
			reopen(port);
		}
	}

	private void leave(Channel port) {
		this.open.decrementAndGet();
		if (this.full && port.isActive()) {
			port.eventLoop().execute(() -> reopen(port));
		}
	}

	/** Also after closing: the last may have left in between. */
	private void reopen(Channel port) {
		if (this.full && this.open.get() < this.limit) {
			this.full = false;
			port.config().setAutoRead(true);
		}
	}

	private void tell(Channel port) {
		if (System.nanoTime() - this.quietUntil >= 0) {
			this.quietUntil = System.nanoTime() + SILENCE.toNanos();
			LOG.warn("{} connections are open at {}, which is all that sluice.max-connections lets in; further"
					+ " clients wait until others leave", this.limit, port.localAddress());
		}
	}

}
