package dev.sluice.store.fill;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.security.MessageDigest;
import java.util.OptionalLong;

import dev.sluice.oci.Digest;
import dev.sluice.store.disk.BlobFiles;
import dev.sluice.store.disk.DiskState;
import dev.sluice.store.disk.Incoming;
import dev.sluice.store.space.NoRoomException;
import dev.sluice.store.space.Room;

/**
 * What a fill writes down, for as long as its disk works and has room: once it hasn't,
 * the head says so and nothing more is written or kept. Of one fill's thread.
 */
final class FillFile implements AutoCloseable {

	private final Digest digest;

	private final Incoming file;

	private final Room room;

	private final WriteHead head;

	private final DiskState disk;

	private boolean lost;

	private boolean roomless;

	FillFile(Digest digest, Incoming file, Room room, WriteHead head, DiskState disk) {
		this.digest = digest;
		this.file = file;
		this.room = room;
		this.head = head;
		this.disk = disk;
	}

	/**
	 * Takes room for what is going to come. Blocks while other blobs are dropped for it.
	 * @param total the blob's length, if it is known
	 * @param before the sum over all that has come
	 * @throws NoRoomException if there is none and nothing has come yet; what comes later
	 * and finds none isn't written down
	 */
	void expect(OptionalLong total, MessageDigest before) {
		if (this.lost) {
			return;
		}
		try {
			total.ifPresentOrElse(this.room::take, () -> this.room.grow(this.file.length()));
		}
		catch (NoRoomException ex) {
			this.roomless = true;
			if (this.file.length() == 0) {
				throw ex;
			}
			lose(new IOException(ex.getMessage(), ex), before);
		}
	}

	/**
	 * Appends bytes; readers see them with the next {@link #show}.
	 * @param bytes the bytes
	 * @param before the sum over all that readers see by now
	 * @throws InterruptedException if the thread is to end
	 */
	void append(ByteBuffer bytes, MessageDigest before) throws InterruptedException {
		if (this.lost) {
			return;
		}
		try {
			this.room.grow(this.file.length() + bytes.remaining());
			this.file.append(bytes);
		}
		catch (NoRoomException ex) {
			this.roomless = true;
			lose(new IOException(ex.getMessage(), ex), before);
		}
		catch (ClosedByInterruptException ex) {
			throw (InterruptedException) new InterruptedException("while it wrote").initCause(ex);
		}
		catch (IOException ex) {
			this.disk.failed("can't take more of " + this.digest, ex);
			lose(ex, before);
		}
	}

	private void lose(IOException cause, MessageDigest before) {
		this.lost = true;
		this.room.giveBackUnused();
		this.head.lose(new DiskFailedException(cause, this.head.written(), before));
	}

	/** Whether there was too little room for it. */
	boolean isRoomless() {
		return this.roomless;
	}

	/** Has readers see what was appended. */
	void show() {
		if (!this.lost) {
			this.room.wrote(this.file.length());
			this.head.advance(this.file.length());
		}
	}

	/**
	 * Makes a blob of it, if all of it is there.
	 * @param blobs where
	 * @return whether it is kept
	 */
	boolean keep(BlobFiles blobs) {
		if (this.lost) {
			return false;
		}
		try {
			blobs.keep(this.file, this.digest);
			this.room.kept(this.digest);
			this.disk.works();
			return true;
		}
		catch (IOException ex) {
			this.disk.failed("can't keep " + this.digest, ex);
			return false;
		}
	}

	/** Lets go of it; what wasn't kept is gone. */
	@Override
	public void close() {
		this.room.giveBackUnused();
		try {
			this.file.close();
		}
		catch (IOException ex) {
			this.disk.failed("can't remove what came of " + this.digest, ex);
		}
	}

}
