package dev.sluice.store.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When a blob was last used: its file's time, so that it outlives the process. Written
 * once an hour at most, and where it lies in the future. Thread-safe.
 */
final class LastUse {

	private static final Logger LOG = LoggerFactory.getLogger(LastUse.class);

	private static final long EVERY = Duration.ofHours(1).toMillis();

	private final Path file;

	private final AtomicLong written;

	LastUse(Path file, long written) {
		this.file = file;
		this.written = new AtomicLong(written);
	}

	/**
	 * It is used. A disk that can't be written keeps nobody from reading.
	 * @param now milliseconds since 1970
	 */
	void at(long now) {
		long before = this.written.get();
		boolean due = now - before >= EVERY || before > now;
		if (due && this.written.compareAndSet(before, now)) {
			write(now);
		}
	}

	private void write(long now) {
		try {
			Files.getFileAttributeView(this.file, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
				.setTimes(FileTime.fromMillis(now), null, null);
		}
		catch (IOException ex) {
			LOG.debug("the time of {} can't be set: {}", this.file, ex.toString());
		}
	}

}
