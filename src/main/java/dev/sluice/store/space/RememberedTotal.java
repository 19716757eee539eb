package dev.sluice.store.space;

import java.io.IOException;

import dev.sluice.store.disk.KeptTotal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the total down for the next process, however this one ends: what is written is
 * never less than what is taken, and little more. Thread-safe; blocks as the disk does.
 */
final class RememberedTotal {

	private static final Logger LOG = LoggerFactory.getLogger(RememberedTotal.class);

	/** What may be taken before it is written anew. */
	private static final long AHEAD = 64 * 1024 * 1024;

	private final KeptTotal file;

	private long written;

	RememberedTotal(KeptTotal file) {
		this.file = file;
		this.written = file.read().orElse(-1);
	}

	/** So much will be taken. */
	synchronized void atLeast(long total) {
		if (total > this.written || total < this.written - 2 * AHEAD) {
			write(total + AHEAD);
		}
	}

	/** There will be no more. */
	synchronized void exactly(long total) {
		write(total);
	}

	private void write(long total) {
		try {
			this.file.write(total);
			this.written = total;
		}
		catch (IOException ex) {
			LOG.debug("the store's size can't be written: {}", ex.toString());
			forget();
		}
	}

	private void forget() {
		try {
			this.file.forget();
			this.written = -1;
		}
		catch (IOException ex) {
			LOG.warn("the store's size can't be written ({}): after a crash it may pass max-size for a while",
					ex.toString());
		}
	}

}
