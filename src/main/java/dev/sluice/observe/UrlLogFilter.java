package dev.sluice.observe;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * Keeps signed URLs out of the log at every level: Reactor Netty's
 * {@code HttpClientConnect} writes the whole URL of each request at DEBUG, signature
 * included, so of that logger only warnings and errors pass, whatever level is set. Its
 * other loggers leave header values and queries out by themselves. Thread-safe.
 */
public final class UrlLogFilter extends TurboFilter implements AutoCloseable {

	private static final String WRITES_URLS = "reactor.netty.http.client.HttpClientConnect";

	/**
	 * Puts a filter in force.
	 * @return the filter, in force until it is closed
	 */
	public static UrlLogFilter install() {
		UrlLogFilter filter = new UrlLogFilter();
		if (LoggerFactory.getILoggerFactory() instanceof LoggerContext loggers) {
			filter.setContext(loggers);
			filter.start();
			loggers.addTurboFilter(filter);
		}
		return filter;
	}

	@Override
	public FilterReply decide(@Nullable Marker marker, Logger logger, Level level, @Nullable String format,
			Object @Nullable [] params, @Nullable Throwable thrown) {
		boolean url = !level.isGreaterOrEqual(Level.WARN) && logger.getName().equals(WRITES_URLS);
		return url ? FilterReply.DENY : FilterReply.NEUTRAL;
	}

	@Override
	public void close() {
		if (getContext() instanceof LoggerContext loggers) {
			loggers.getTurboFilterList().remove(this);
		}
		stop();
	}

}
