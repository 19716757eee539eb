package dev.sluice.web;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * How long a request's head may take as a whole, from its first byte on: a client that
 * sends a line now and then trips no idle time-out. It counts neither while a connection
 * waits for its next request, nor while one is answered. What comes too late becomes a
 * request that can't be read. Confined to the connection's event loop.
 */
final class HeadDeadline {

	private final Duration patience;

	private @Nullable ScheduledFuture<?> deadline;

	/** What comes next belongs to a head. */
	private boolean betweenRequests = true;

	private boolean expired;

	HeadDeadline(Duration patience) {
		this.patience = patience;
	}

	/**
	 * Sets it for a connection.
	 * @param pipeline the connection's handlers
	 * @param codec the name of the HTTP codec among them
	 */
	void guard(ChannelPipeline pipeline, String codec) {
		pipeline.addBefore(codec, "sluice.head-begin", beginning()).addAfter(codec, "sluice.head-end", ending());
	}

	private ChannelHandler beginning() {
		return new ChannelInboundHandlerAdapter() {

			@Override
			public void channelRead(ChannelHandlerContext context, Object message) {
				if (HeadDeadline.this.expired) {
					ReferenceCountUtil.release(message);
					return;
				}
				begin(context);
				context.fireChannelRead(message);
			}

			@Override
			public void channelInactive(ChannelHandlerContext context) {
				end();
				context.fireChannelInactive();
			}

		};
	}

	private ChannelHandler ending() {
		return new ChannelInboundHandlerAdapter() {

			@Override
			public void channelRead(ChannelHandlerContext context, Object message) {
				if (message instanceof HttpRequest) {
					end();
				}
				HeadDeadline.this.betweenRequests = message instanceof LastHttpContent;
				context.fireChannelRead(message);
			}

		};
	}

	private void begin(ChannelHandlerContext context) {
		if (this.betweenRequests && this.deadline == null) {
			this.deadline = context.executor()
				.schedule(() -> expire(context.pipeline().context("sluice.head-end")), this.patience.toMillis(),
						TimeUnit.MILLISECONDS);
		}
	}

	private void end() {
		if (this.deadline != null) {
			this.deadline.cancel(false);
			this.deadline = null;
		}
	}

	private void expire(@Nullable ChannelHandlerContext behindCodec) {
		if (behindCodec == null || !behindCodec.channel().isActive()) {
			return;
		}
		this.expired = true;
		FullHttpRequest unread = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/bad-request");
		unread.setDecoderResult(DecoderResult.failure(new SlowHeadException()));
		behindCodec.fireChannelRead(unread);
		behindCodec.fireChannelReadComplete();
	}

	/** A request's head that didn't end in time. */
	static final class SlowHeadException extends DecoderException {

		private static final long serialVersionUID = 1L;

	}

}
