package dev.sluice.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import dev.sluice.store.disk.NewFile;

/**
 * Files that take only so much, as a disk does that fills up, and that can't be synced if
 * they are told so. What is in them can be read. Thread-safe.
 */
public final class FailingDisk implements NewFile {

	private volatile long room = Long.MAX_VALUE;

	private volatile Duration delay = Duration.ZERO;

	private volatile boolean unsyncable;

	private volatile boolean unmakeable;

	private final AtomicInteger tried = new AtomicInteger();

	/** So many bytes fit into each file from now on. */
	public void takesOnly(long bytes) {
		this.room = bytes;
	}

	/** Each write takes so long from now on. */
	public void takesLong(Duration time) {
		this.delay = time;
	}

	/** No file can be synced from now on. */
	public void failsToSync() {
		this.unsyncable = true;
	}

	/** No file can be made from now on. */
	public void failsToMakeFiles() {
		this.unmakeable = true;
	}

	/** Everything works from now on. */
	public void works() {
		this.room = Long.MAX_VALUE;
		this.unsyncable = false;
		this.unmakeable = false;
	}

	/** How many files were to be made. */
	public int tried() {
		return this.tried.get();
	}

	@Override
	public FileChannel create(Path file) throws IOException {
		this.tried.incrementAndGet();
		if (this.unmakeable) {
			throw new IOException("No space left on device");
		}
		return new FailingFile(NewFile.PRIVATE.create(file));
	}

	private final class FailingFile extends FileChannel {

		private final FileChannel file;

		FailingFile(FileChannel file) {
			this.file = file;
		}

		@Override
		public int write(ByteBuffer bytes, long position) throws IOException {
			long fits = FailingDisk.this.room - position;
			if (fits <= 0) {
				throw new IOException("No space left on device");
			}
			LockSupport.parkNanos(FailingDisk.this.delay.toNanos());
			int limit = bytes.limit();
			bytes.limit(bytes.position() + (int) Math.min(fits, bytes.remaining()));
			try {
				return this.file.write(bytes, position);
			}
			finally {
				bytes.limit(limit);
			}
		}

		@Override
		public void force(boolean metaData) throws IOException {
			if (FailingDisk.this.unsyncable) {
				throw new IOException("Input/output error");
			}
			this.file.force(metaData);
		}

		@Override
		public int read(ByteBuffer bytes, long position) throws IOException {
			return this.file.read(bytes, position);
		}

		@Override
		public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
			return this.file.transferTo(position, count, target);
		}

		@Override
		public long size() throws IOException {
			return this.file.size();
		}

		@Override
		protected void implCloseChannel() throws IOException {
			this.file.close();
		}

		@Override
		public int read(ByteBuffer bytes) {
			throw new UnsupportedOperationException();
		}

		@Override
		public long read(ByteBuffer[] bytes, int offset, int length) {
			throw new UnsupportedOperationException();
		}

		@Override
		public int write(ByteBuffer bytes) {
			throw new UnsupportedOperationException();
		}

		@Override
		public long write(ByteBuffer[] bytes, int offset, int length) {
			throw new UnsupportedOperationException();
		}

		@Override
		public long position() {
			throw new UnsupportedOperationException();
		}

		@Override
		public FileChannel position(long position) {
			throw new UnsupportedOperationException();
		}

		@Override
		public FileChannel truncate(long size) {
			throw new UnsupportedOperationException();
		}

		@Override
		public long transferFrom(ReadableByteChannel source, long position, long count) {
			throw new UnsupportedOperationException();
		}

		@Override
		public MappedByteBuffer map(MapMode mode, long position, long size) {
			throw new UnsupportedOperationException();
		}

		@Override
		public FileLock lock(long position, long size, boolean shared) {
			throw new UnsupportedOperationException();
		}

		@Override
		public FileLock tryLock(long position, long size, boolean shared) {
			throw new UnsupportedOperationException();
		}

	}

}
