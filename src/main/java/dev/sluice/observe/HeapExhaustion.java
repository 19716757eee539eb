package dev.sluice.observe;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import io.netty.util.internal.OutOfDirectMemoryError;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * Ends the process when its heap is exhausted, as {@code -XX:+ExitOnOutOfMemoryError}
 * does where it is set, which a jar can't: whichever thread met it, others wait for what
 * will never come. Netty and Reactor swallow the error and log it; so whatever is logged
 * is looked at, at any level, and whatever ends a thread. Direct memory is another
 * matter: it costs the request that wanted it. Thread-safe.
 */
public final class HeapExhaustion extends TurboFilter implements Thread.UncaughtExceptionHandler, AutoCloseable {

	/** As the JVM's own option has it. */
	private static final int STATUS = 3;

	private static final int DEEPEST = 16;

	/** Made ahead: there is no memory for it when it is wanted. */
	private static final byte[] LAST_WORDS = ("Sluice has no heap memory left and ends. Give it more: -Xmx, or in a "
			+ "container a higher memory limit (docs/docker.md)\n")
		.getBytes(StandardCharsets.UTF_8);

	private final FileOutputStream err = new FileOutputStream(FileDescriptor.err);

	private final Thread.@Nullable UncaughtExceptionHandler next = Thread.getDefaultUncaughtExceptionHandler();

	private HeapExhaustion() {
	}

	/**
	 * Begins to watch.
	 * @return what watches until it is closed
	 */
	public static HeapExhaustion watch() {
		HeapExhaustion watch = new HeapExhaustion();
		Thread.setDefaultUncaughtExceptionHandler(watch);
		if (LoggerFactory.getILoggerFactory() instanceof LoggerContext loggers) {
			watch.setContext(loggers);
			watch.start();
			loggers.addTurboFilter(watch);
		}
		return watch;
	}

	@Override
	public FilterReply decide(@Nullable Marker marker, @Nullable Logger logger, @Nullable Level level,
			@Nullable String format, Object @Nullable [] params, @Nullable Throwable thrown) {
		endIfOf(thrown);
		if (params != null && params.length > 0 && params[params.length - 1] instanceof Throwable last) {
			endIfOf(last);
		}
		return FilterReply.NEUTRAL;
	}

	@Override
	public void uncaughtException(Thread thread, Throwable thrown) {
		endIfOf(thrown);
		if (this.next != null) {
			this.next.uncaughtException(thread, thrown);
		}
		else {
			LoggerFactory.getLogger(HeapExhaustion.class).error("thread {} ended", thread.getName(), thrown);
		}
	}

	private void endIfOf(@Nullable Throwable thrown) {
		Throwable cause = thrown;
		for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
			if (cause instanceof OutOfMemoryError error && isOfHeap(error)) {
				end();
			}
			cause = cause.getCause();
		}
	}

	private static boolean isOfHeap(OutOfMemoryError error) {
		String message = String.valueOf(error.getMessage());
		return !(error instanceof OutOfDirectMemoryError) && !message.startsWith("Cannot reserve")
				&& !message.startsWith("Direct buffer memory") && !message.startsWith("unable to create native thread");
	}

	private void end() {
		try {
			this.err.write(LAST_WORDS);
		}
		catch (IOException ex) {
			// nobody listens; it ends all the same
		}
		finally {
			Runtime.getRuntime().halt(STATUS);
		}
	}

	@Override
	public void close() {
		if (getContext() instanceof LoggerContext loggers) {
			loggers.getTurboFilterList().remove(this);
		}
		if (Thread.getDefaultUncaughtExceptionHandler() == this) {
			Thread.setDefaultUncaughtExceptionHandler(this.next);
		}
		stop();
	}

}
