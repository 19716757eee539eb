package dev.sluice.pull;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;

/**
 * Looks into the store where that may block. A look isn't interrupted when its client
 * leaves: that would close a file under its other readers. Thread-safe.
 */
final class DiskWork {

	private final Scheduler disk;

	/**
	 * Looks.
	 * @param disk where they may block, and how many at once
	 */
	DiskWork(Scheduler disk) {
		this.disk = disk;
	}

	/**
	 * Takes a look.
	 * @param <T> what comes of it
	 * @param work the look
	 * @param unwanted gets what comes of it once nobody waits for it any more
	 * @return what comes of it; its error is the look's, or a
	 * {@link java.util.concurrent.RejectedExecutionException} if too many wait
	 */
	<T> Mono<T> call(Callable<T> work, Consumer<T> unwanted) {
		return Mono.defer(() -> {
			AtomicBoolean wanted = new AtomicBoolean();
			return Mono
				.<T>create((sink) -> this.disk
					.schedule(() -> look(work, sink).filter((_) -> !wanted.get()).ifPresent(unwanted)))
				.doOnNext((_) -> wanted.set(true));
		});
	}

	/**
	 * The same where nobody need let go of what comes of it.
	 * @param <T> what comes of it
	 * @param work the look
	 * @return what comes of it, as of {@link #call(Callable, Consumer)}
	 */
	<T> Mono<T> call(Callable<T> work) {
		return call(work, (_) -> {
		});
	}

	/** A sink hands on what it gets before it returns, unless nobody waits. */
	private static <T> Optional<T> look(Callable<T> work, MonoSink<T> sink) {
		try {
			T seen = work.call();
			sink.success(seen);
			return Optional.of(seen);
		}
		catch (Throwable ex) {
			sink.error(ex);
			return Optional.empty();
		}
	}

}
