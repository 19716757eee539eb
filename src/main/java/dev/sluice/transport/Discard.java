package dev.sluice.transport;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.SignalType;
import reactor.core.scheduler.Schedulers;

/**
 * Throws a small body away so that its connection can be used again, and gives up (which
 * closes the connection) when it is longer than 64 KiB or takes longer than a second.
 */
final class Discard extends BaseSubscriber<ByteBuf> {

	private static final long LIMIT = 64 * 1024;

	private static final Duration PATIENCE = Duration.ofSeconds(1);

	private final long declared;

	private final Disposable.Swap alarm = Disposables.swap();

	private long discarded;

	/**
	 * Discards a body.
	 * @param declared its declared length; one over the limit isn't even begun
	 */
	Discard(long declared) {
		this.declared = declared;
	}

	@Override
	protected void hookOnSubscribe(Subscription subscription) {
		if (this.declared > LIMIT) {
			cancel();
			return;
		}
		this.alarm.update(Schedulers.parallel().schedule(this::cancel, PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
		requestUnbounded();
	}

	@Override
	protected void hookOnNext(ByteBuf buffer) {
		this.discarded += buffer.readableBytes();
		buffer.release();
		if (this.discarded > LIMIT) {
			cancel();
		}
	}

	/** What goes wrong with a body that nobody wants concerns nobody. */
	@Override
	protected void hookOnError(Throwable failure) {
	}

	@Override
	protected void hookFinally(SignalType type) {
		this.alarm.dispose();
	}

}
