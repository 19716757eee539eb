package dev.sluice.testing;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Lets bodies go out no faster than the connection takes them. Without it a stalled
 * client would cost the 128 chunks that reactor-netty asks for ahead: 8 MiB each. One a
 * connection; its state is confined to the connection's event loop.
 */
final class WriteWindow extends ChannelInboundHandlerAdapter {

	private @Nullable MonoSink<Void> waiting;

	static Flux<ByteBuf> pace(Flux<ByteBuf> chunks, Channel channel) {
		WriteWindow window = channel.pipeline().get(WriteWindow.class);
		return chunks.concatMap((chunk) -> window.open(channel).thenReturn(chunk), 1);
	}

	private Mono<Void> open(Channel channel) {
		return Mono.create((sink) -> channel.eventLoop().execute(() -> {
			if (channel.isWritable()) {
				sink.success();
			}
			else {
				this.waiting = sink;
			}
		}));
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext context) {
		MonoSink<Void> next = this.waiting;
		if (next != null && context.channel().isWritable()) {
			this.waiting = null;
			next.success();
		}
		context.fireChannelWritabilityChanged();
	}

}
