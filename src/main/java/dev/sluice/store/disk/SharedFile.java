package dev.sluice.store.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

import io.netty.util.AbstractReferenceCounted;
import io.netty.util.ReferenceCounted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Schedulers;

/**
 * An open file with several readers: it is closed when the last of them lets go. Whoever
 * takes one holds it once, as with Netty's buffers. Its bytes stay readable when it has
 * lost its name. Thread-safe.
 */
public final class SharedFile extends AbstractReferenceCounted {

	private static final Logger LOG = LoggerFactory.getLogger(SharedFile.class);

	private final FileChannel channel;

	private final List<Runnable> closings = new ArrayList<>();

	private boolean closed;

	SharedFile(FileChannel channel) {
		this.channel = channel;
	}

	/**
	 * The file, to be read by position alone.
	 * @return its channel, open for as long as it is held
	 */
	public FileChannel channel() {
		return this.channel;
	}

	/**
	 * Has something done when it is closed, or now if it is.
	 * @param closing what, on the thread that lets go last; may not block
	 */
	public void whenClosed(Runnable closing) {
		synchronized (this.closings) {
			if (!this.closed) {
				this.closings.add(closing);
				return;
			}
		}
		closing.run();
	}

	@Override
	public ReferenceCounted touch(Object hint) {
		return this;
	}

	@Override
	protected void deallocate() {
		if (Schedulers.isInNonBlockingThread()) {
			Thread.startVirtualThread(this::close);
		}
		else {
			close();
		}
	}

	/** May take long: the blocks of a file without a name are given back. */
	private void close() {
		try {
			this.channel.close();
		}
		catch (IOException ex) {
			LOG.warn("a file of the store can't be closed: {}", ex.getMessage());
		}
		synchronized (this.closings) {
			this.closed = true;
		}
		this.closings.forEach(Runnable::run);
	}

}
