package dev.sluice.testing;

import java.util.concurrent.atomic.AtomicBoolean;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
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

	private final Channel channel;

	private final RequestLog log;

	private final AtomicBoolean over = new AtomicBoolean();

	private final ChannelFutureListener onClose = (_) -> connectionClosed();

	Exchange(RecordedRequest request, HttpServerResponse response, Channel channel, RequestLog log) {
		this.request = request;
		this.response = response;
		this.channel = channel;
		this.log = log;
		channel.closeFuture().addListener(this.onClose);
	}

	private void connectionClosed() {
		if (this.over.compareAndSet(false, true)) {
			this.log.cancelled(this.request);
		}
	}

	private void end() {
		this.over.set(true);
		this.channel.closeFuture().removeListener(this.onClose);
	}

	Mono<Void> send(Answer answer) {
		return answer.start().then(Mono.defer(() -> Mono.from(sendNow(answer)))).doOnSuccess((_) -> end());
	}

	private Publisher<Void> sendNow(Answer answer) {
		this.response.status(answer.status());
		answer.headers().forEach((line) -> this.response.addHeader(line.getKey(), line.getValue()));
		boolean bodiless = this.request.isHead() || answer.status() == 304 || answer.status() == 204;
		return switch (answer.fault()) {
			case Fault.HangUp _ -> Mono.<Void>never().doOnSubscribe((_) -> close());
			case Fault _ when bodiless -> this.response.send();
			case Fault.None _ -> this.response.send(paced(answer.body().flux()), (_) -> true);
			case Fault.Stall stall -> stalling(answer.body(), stall);
			case Fault.Close close -> ending(answer.body(), close.offset(), this::close);
			case Fault.Reset reset -> ending(answer.body(), reset.offset(), this::reset);
		};
	}

	private Publisher<Void> stalling(ByteSource body, Fault.Stall stall) {
		long offset = Math.min(stall.offset(), body.size());
		Flux<ByteBuf> rest = body.slice(offset, body.size() - offset).flux();
		Flux<ByteBuf> stalled = Flux.concat(body.slice(0, offset).flux(), stall.gate().passage().thenMany(rest));
		return this.response.sendHeaders().send(paced(stalled), (_) -> true);
	}

	private Publisher<Void> ending(ByteSource body, long at, Runnable end) {
		Flux<ByteBuf> sent = body.slice(0, Math.min(at, body.size())).flux();
		return this.response.sendHeaders()
			.send(Flux.concat(paced(sent), Mono.<ByteBuf>fromRunnable(end).then(Mono.never())), (_) -> true);
	}

	private Flux<ByteBuf> paced(Flux<ByteBuf> chunks) {
		return WriteWindow.pace(chunks, this.channel);
	}

	private void reset() {
		this.channel.config().setOption(ChannelOption.SO_LINGER, 0);
		close();
	}

	/** Closes the connection once what was written before is on its way. */
	private void close() {
		end();
		this.channel.eventLoop()
			.execute(() -> this.channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE));
	}

}
