package dev.sluice.transport;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.sluice.oci.HeldBytes;
import dev.sluice.oci.RegistryException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * An {@link Answer} on a pooled connection. Its body has one owner: whoever subscribes
 * first, or {@link #release()}, or {@link #close()}.
 */
final class NettyAnswer implements Answer {

	private final int status;

	private final HttpHeaders headers;

	private final Reach reach;

	private final Channel channel;

	private final long length;

	private final BodyStream stream;

	private final FailureMessages failures;

	private final HeldMemory.Share memory;

	private final AtomicBoolean owned = new AtomicBoolean();

	private @Nullable ScheduledFuture<?> alarm;

	NettyAnswer(int status, HttpHeaders headers, Reach reach, Channel channel, long length, BodyStream stream,
			FailureMessages failures, HeldMemory.Share memory) {
		this.status = status;
		this.headers = headers;
		this.reach = reach;
		this.channel = channel;
		this.length = length;
		this.stream = stream;
		this.failures = failures;
		this.memory = memory;
	}

	/**
	 * Closes the answer if nobody has touched it after a while. To be called before it is
	 * handed to anybody.
	 * @param loop where to wait
	 * @param patience how long
	 */
	void expireUntouched(EventLoop loop, Duration patience) {
		this.alarm = loop.schedule(this::close, patience.toMillis(), TimeUnit.MILLISECONDS);
	}

	@Override
	public int status() {
		return this.status;
	}

	@Override
	public HttpHeaders headers() {
		return this.headers;
	}

	@Override
	public Reach reach() {
		return this.reach;
	}

	@Override
	public Optional<TlsPeer> tls() {
		return TlsPeer.of(this.channel);
	}

	@Override
	public Flux<ByteBuf> body() {
		return Flux.defer(this::ownedBody);
	}

	@Override
	public Mono<HeldBytes> held(int limit) {
		return Mono.defer(() -> (this.length > limit) ? refuse(limit) : collect(limit));
	}

	@Override
	public void release() {
		if (own()) {
			this.stream.subscribe(new Discard(this.length));
		}
	}

	/** Closes the connection, unless the body has its owner or is here already. */
	void close() {
		if (own()) {
			this.stream.subscribe(new Discard(Long.MAX_VALUE));
		}
	}

	private boolean own() {
		boolean first = this.owned.compareAndSet(false, true);
		if (first && this.alarm != null) {
			this.alarm.cancel(false);
		}
		return first;
	}

	private Flux<ByteBuf> ownedBody() {
		if (own()) {
			return this.stream;
		}
		return Flux.error(new IllegalStateException("the body was subscribed to or released before"));
	}

	private Mono<HeldBytes> collect(int limit) {
		BodyCollector collector = new BodyCollector(limit, this.memory.claim());
		return body().map(BodyCollector::copy)
			.doOnNext(collector::add)
			.then(Mono.fromSupplier(collector::held))
			.doOnError((_) -> collector.abandon())
			.doOnCancel(collector::abandon)
			.doOnDiscard(HeldBytes.class, HeldBytes::release)
			.timeout(this.failures.patience(), Mono.error(this.failures::dribbling))
			.onErrorMap(BodyCollector.LimitExceeded.class, (ex) -> this.failures.tooLarge(limit))
			.onErrorMap(BodyCollector.MemoryExceeded.class, (ex) -> this.failures.memoryExceeded());
	}

	private Mono<HeldBytes> refuse(int limit) {
		close();
		RegistryException tooLarge = this.failures.tooLarge(limit);
		return Mono.error(tooLarge);
	}

}
