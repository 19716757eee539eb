package dev.sluice.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps up with the files of an upstream's TLS settings, however they change: written in
 * place, renamed, or reached by a symlink that a kubelet swaps. Looks at them every
 * second, on a virtual thread of its own; what two looks in a row have shown is read.
 * What can't be used, a certificate before its key has come included, is warned of once,
 * and what was read before stays in force. Thread-safe.
 */
final class CertificateWatch implements AutoCloseable {

	private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);

	private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

	/** Bytes; a bundle of all authorities that are known has a quarter of it. */
	private static final int LARGEST = 1024 * 1024;

	private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

	private final String upstream;

	private final TransportSettings.Tls tls;

	private final Consumer<TlsContexts> taker;

	private final List<Path> files;

	private final ScheduledExecutorService scheduler = Executors
		.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("certificates").factory());

	/** What the last look has shown, file by file. */
	private List<ByteBuffer> seen;

	/** What was last read. */
	private List<ByteBuffer> read;

	/** What couldn't be used, and is tried again: a mount may fail for a moment. */
	private List<ByteBuffer> warnedOf = List.of();

	/**
	 * A watch that isn't begun: what the files hold now is taken for known.
	 * @param upstream whose settings they are, in words
	 * @param tls the settings
	 * @param taker takes what changed files hold
	 */
	CertificateWatch(String upstream, TransportSettings.Tls tls, Consumer<TlsContexts> taker) {
		this.upstream = upstream;
		this.tls = tls;
		this.taker = taker;
		this.files = Stream.of(tls.certificateAuthority(), tls.certificate(), tls.key())
			.filter(Objects::nonNull)
			.toList();
		this.seen = contents();
		this.read = this.seen;
	}

	/** Begins to look, if there is a file at all. */
	void begin() {
		if (!this.files.isEmpty()) {
			this.scheduler.scheduleWithFixedDelay(this::look, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(),
					TimeUnit.MILLISECONDS);
		}
	}

	/** Throws nothing. */
	private void look() {
		try {
			List<ByteBuffer> now = contents();
			boolean settled = now.equals(this.seen);
			this.seen = now;
			if (settled && !now.equals(this.read)) {
				take(now);
			}
		}
		catch (RuntimeException ex) {
			LOG.error("{}: its certificate files can't be followed", this.upstream, ex);
		}
	}

	private void take(List<ByteBuffer> settled) {
		try {
			TlsContexts next = TlsContexts.of(this.tls);
			if (contents().equals(settled)) {
				this.taker.accept(next);
				this.read = settled;
				LOG.info("{}: its certificate files changed; they count for connections from now on", this.upstream);
			}
		}
		catch (IllegalArgumentException ex) {
			if (!settled.equals(this.warnedOf)) {
				this.warnedOf = settled;
				LOG.warn("{}: {}; what was read before stays in force", this.upstream, ex.getMessage());
			}
		}
	}

	private List<ByteBuffer> contents() {
		return this.files.stream().map(CertificateWatch::content).toList();
	}

	/**
	 * What can't be read says so when it is read for its certificates. A pipe can be read
	 * once, and isn't followed.
	 */
	private static ByteBuffer content(Path file) {
		try {
			return (Files.isRegularFile(file) && Files.size(file) <= LARGEST)
					? ByteBuffer.wrap(Files.readAllBytes(file)) : NOTHING;
		}
		catch (IOException ex) {
			return NOTHING;
		}
	}

	/** Stops looking; what was last read stays in force. */
	@Override
	public void close() {
		this.scheduler.shutdown();
	}

}
