package dev.sluice.testing;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import org.awaitility.Awaitility;
import org.slf4j.LoggerFactory;

/**
 * What the whole program logs while this is open: messages as formatted, with their stack
 * traces. Nothing of it goes to the console, and what tests' own servers log is left out.
 * To be opened after the program was started, for that sets logging up anew. Thread-safe.
 */
public final class LogCapture extends AppenderBase<ILoggingEvent> implements AutoCloseable {

	/**
	 * Threads of the servers that Sluice is tested with. The one that plays Kubernetes
	 * waits for up to a minute for its watches' ends, long after its test's, and says so.
	 */
	private static final Set<String> OF_SERVERS = Set.of("test-server", "vertx-blocked-thread-checker");

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final LoggerContext loggers = (LoggerContext) LoggerFactory.getILoggerFactory();

	private final Map<Logger, Level> levels = new ConcurrentHashMap<>();

	private final List<Appender<ILoggingEvent>> silenced = new CopyOnWriteArrayList<>();

	private final Queue<Entry> entries = new ConcurrentLinkedQueue<>();

	private LogCapture() {
		setContext(this.loggers);
		start();
	}

	/** At the levels that users get: INFO, and what the program itself has set. */
	public static LogCapture asUsersSeeIt() {
		LogCapture capture = new LogCapture();
		capture.attach(Level.INFO);
		return capture;
	}

	/** Every logger at TRACE, whatever the program has set. */
	public static LogCapture ofEverything() {
		LogCapture capture = new LogCapture();
		capture.loggers.getLoggerList()
			.stream()
			.filter((logger) -> logger.getLevel() != null && logger != capture.root())
			.forEach((logger) -> {
				capture.levels.put(logger, logger.getLevel());
				logger.setLevel(Level.TRACE);
			});
		capture.attach(Level.TRACE);
		return capture;
	}

	private void attach(Level level) {
		this.levels.put(root(), root().getLevel());
		root().iteratorForAppenders().forEachRemaining(this.silenced::add);
		this.silenced.forEach(root()::detachAppender);
		root().setLevel(level);
		root().addAppender(this);
	}

	private Logger root() {
		return this.loggers.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
	}

	@Override
	protected void append(ILoggingEvent event) {
		if (OF_SERVERS.stream().anyMatch(event.getThreadName()::startsWith)) {
			return;
		}
		String trace = (event.getThrowableProxy() != null) ? ThrowableProxyUtil.asString(event.getThrowableProxy())
				: "";
		this.entries.add(new Entry(event.getLevel(), event.getLoggerName(), event.getFormattedMessage(), trace));
	}

	/** All entries so far. */
	public List<Entry> entries() {
		return List.copyOf(this.entries);
	}

	/** Waits for the access line that holds {@code part}. */
	public String awaitAccessLine(String part) {
		return await((entry) -> entry.logger().equals("sluice.access") && entry.message().contains(part)).message();
	}

	private Entry await(Predicate<Entry> wanted) {
		return Awaitility.await()
			.atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(10))
			.until(() -> this.entries.stream().filter(wanted).findFirst(), (found) -> found.isPresent())
			.orElseThrow();
	}

	@Override
	public void close() {
		root().detachAppender(this);
		this.levels.forEach(Logger::setLevel);
		this.silenced.forEach(root()::addAppender);
		stop();
	}

	/**
	 * One entry.
	 *
	 * @param level its level
	 * @param logger its logger's name
	 * @param message the message as formatted
	 * @param stackTrace the stack trace, or the empty string
	 */
	public record Entry(Level level, String logger, String message, String stackTrace) {

		@Override
		public String toString() {
			return this.level + " " + this.logger + " " + this.message
					+ (this.stackTrace.isEmpty() ? "" : "\n" + this.stackTrace);
		}

	}

}
