package dev.sluice.testing;

import java.util.concurrent.atomic.AtomicBoolean;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/**
 * One request and the sending of its answer, faults included. If the connection ends
 * before the answer does, and not by our own doing, the client has given up.
 */
final class Exchange {

	private final RecordedRequest request;

	private final HttpServerResponse response;

	private final RequestLog log;

	private final AtomicBoolean over = new AtomicBoolean();

	Exchange(RecordedRequest request, HttpServerResponse response, RequestLog log) {
		this.request = request;
		this.response = response;
		this.log = log;
		response.withConnection((connection) -> connection.channel().closeFuture().addListener((_) -> lost()));
	}

	private void lost() {
		if (this.over.compareAndSet(false, true)) {
			this.log.cancelled(this.request);
		}
	}

	Mono<Void> send(Answer answer) {
		return answer.start()
			.then(Mono.defer(() -> Mono.from(sendNow(answer))))
			.doOnSuccess((_) -> this.over.set(true));
	}

	private Publisher<Void> sendNow(Answer answer) {
		this.response.status(answer.status());
		answer.headers().forEach((line) -> this.response.addHeader(line.getKey(), line.getValue()));
		if (this.request.isHead() || answer.status() == 304 || answer.status() == 204) {
			return this.response.send();
		}
		return switch (answer.fault()) {
			case BodyFault.None _ -> this.response.send(answer.body().flux(), (_) -> true);
			case BodyFault.Stall stall -> stalling(answer.body(), stall);
			case BodyFault.Close close -> ending(answer.body(), close.offset(), false);
			case BodyFault.Reset reset -> ending(answer.body(), reset.offset(), true);
		};
	}

	private Publisher<Void> stalling(ByteSource body, BodyFault.Stall stall) {
		long offset = Math.min(stall.offset(), body.size());
		Flux<ByteBuf> rest = body.slice(offset, body.size() - offset).flux();
		return this.response.sendHeaders()
			.send(Flux.concat(body.slice(0, offset).flux(), stall.gate().passage().thenMany(rest)), (_) -> true);
	}

	private Publisher<Void> ending(ByteSource body, long at, boolean reset) {
		Flux<ByteBuf> sent = body.slice(0, Math.min(at, body.size())).flux();
		Mono<ByteBuf> end = Mono.<ByteBuf>fromRunnable(() -> close(reset)).then(Mono.never());
		return this.response.sendHeaders().send(Flux.concat(sent, end), (_) -> true);
	}

	private void close(boolean reset) {
		this.over.set(true);
		this.response.withConnection((connection) -> {
			Channel channel = connection.channel();
			if (reset) {
				channel.config().setOption(ChannelOption.SO_LINGER, 0);
			}
			channel.eventLoop()
				.execute(() -> channel.writeAndFlush(io.netty.buffer.Unpooled.EMPTY_BUFFER)
					.addListener(ChannelFutureListener.CLOSE));
		});
	}

}
