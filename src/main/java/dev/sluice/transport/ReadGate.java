package dev.sluice.transport;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.AbstractScheduledEventExecutor;
import io.netty.util.concurrent.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * Reads from a connection when somebody wants bytes and only then, and gives up on an
 * upstream that is silent meanwhile. It stands behind the HTTP codec for as long as the
 * connection lives, through all its exchanges.
 * <p>
 * Reactor Netty prefetches up to 32 messages whatever the subscriber asked for; held back
 * here, a stream that nobody reads holds one or two receive buffers. Its response
 * time-out counts the time in which a slow client asks for nothing, too; this one
 * doesn't. Confined to the connection's event loop, but for its constructor.
 */
final class ReadGate extends ChannelDuplexHandler {

	private final Duration responseTimeout;

	private final Duration idleTimeout;

	private final ReadBudget budget;

	private Phase phase = Phase.NO_EXCHANGE;

	private long exchange;

	private boolean wanted;

	private boolean readHeldBack;

	/** Of the body, since the last read began. */
	private int pieces;

	private long silentSince;

	private Ticker ticker = Ticker.systemTicker();

	private @Nullable ScheduledFuture<?> alarm;

	private @Nullable ChannelHandlerContext context;

	ReadGate(Duration responseTimeout, Duration idleTimeout, ReadBudget budget) {
		this.responseTimeout = responseTimeout;
		this.idleTimeout = idleTimeout;
		this.budget = budget;
	}

	/**
	 * The exchange under way; a number that never comes again on this connection.
	 * @return its number
	 */
	long exchange() {
		return this.exchange;
	}

	/**
	 * Whether all of an exchange's answer has arrived, so that the connection may serve
	 * another exchange by now.
	 * @param number the exchange's number
	 * @return whether it is over
	 */
	boolean isOver(long number) {
		return this.exchange != number || this.phase == Phase.NO_EXCHANGE;
	}

	/**
	 * Opens or closes the gate for a body.
	 * @param number the exchange's number; nothing happens once it is over
	 * @param wanted whether the body's subscriber wants more
	 */
	void want(long number, boolean wanted) {
		if (isOver(number)) {
			return;
		}
		if (wanted && !this.wanted) {
			this.silentSince = now();
		}
		this.wanted = wanted;
		letHeldReadPass();
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		this.context = context;
		if (context.executor() instanceof AbstractScheduledEventExecutor scheduled) {
			this.ticker = scheduled.ticker();
		}
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		if (message instanceof LastHttpContent) {
			begin(Phase.AWAITING_ANSWER, this.responseTimeout);
		}
		context.write(message, promise);
	}

	@Override
	public void read(ChannelHandlerContext context) {
		if (isClosed()) {
			this.readHeldBack = true;
		}
		else {
			context.read();
		}
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		this.silentSince = now();
		this.pieces++;
		if (message instanceof HttpResponse response
				&& response.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
			this.exchange++;
			this.wanted = false;
			begin(Phase.ANSWER, this.idleTimeout);
		}
		boolean last = message instanceof LastHttpContent && this.phase != Phase.AWAITING_ANSWER;
		if (last) {
			end();
		}
		context.fireChannelRead(message);
		if (last) {
			letHeldReadPass();
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		ReadBudget.cameInPieces(context.channel(), this.pieces);
		this.pieces = 0;
		context.fireChannelReadComplete();
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		end();
		context.fireChannelInactive();
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext context) {
		end();
	}

	/** By the clock that the alarm goes by. */
	private long now() {
		return this.ticker.nanoTime();
	}

	private boolean isClosed() {
		return this.phase == Phase.ANSWER && !this.wanted;
	}

	private void letHeldReadPass() {
		if (this.readHeldBack && !isClosed() && this.context != null) {
			this.readHeldBack = false;
			this.context.read();
		}
	}

	private void begin(Phase next, Duration timeout) {
		disarm();
		enter(next);
		this.silentSince = now();
		arm(timeout.toNanos());
	}

	private void end() {
		enter(Phase.NO_EXCHANGE);
		this.wanted = false;
		disarm();
	}

	private void enter(Phase next) {
		if (this.phase == Phase.ANSWER) {
			this.budget.leave();
		}
		if (next == Phase.ANSWER) {
			this.budget.enter();
		}
		this.phase = next;
	}

	private void arm(long nanos) {
		if (this.context != null) {
			this.alarm = this.context.executor().schedule(this::check, nanos, TimeUnit.NANOSECONDS);
		}
	}

	private void disarm() {
		if (this.alarm != null) {
			this.alarm.cancel(false);
			this.alarm = null;
		}
	}

	private void check() {
		long limit = limit().toNanos();
		boolean counts = this.phase == Phase.AWAITING_ANSWER || this.wanted;
		long left = counts ? limit - (now() - this.silentSince) : limit;
		if (left > 0) {
			arm(left);
		}
		else {
			giveUp();
		}
	}

	private Duration limit() {
		return (this.phase == Phase.AWAITING_ANSWER) ? this.responseTimeout : this.idleTimeout;
	}

	private void giveUp() {
		SilentUpstreamException silence = new SilentUpstreamException(limit());
		end();
		if (this.context != null) {
			this.context.fireExceptionCaught(silence);
			this.context.close();
		}
	}

	private enum Phase {

		/** In the pool, or connecting. */
		NO_EXCHANGE,
		/** The request is written. */
		AWAITING_ANSWER,
		/** The headers are here, and the body is read as far as it is wanted. */
		ANSWER

	}

}
