package dev.sluice.store.fill;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

import dev.sluice.oci.Digest;
import dev.sluice.oci.UpstreamException;
import dev.sluice.store.disk.BlobFiles;
import dev.sluice.store.disk.Incoming;
import dev.sluice.store.space.NoRoomException;
import dev.sluice.store.space.Room;
import io.netty.buffer.ByteBuf;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches a blob: hashes it, writes it down, goes on where its upstream breaks off, and
 * keeps it once it is verified. All in one thread, which may block.
 */
final class FillTask {

	private static final Logger LOG = LoggerFactory.getLogger(FillTask.class);

	private final Digest digest;

	private final Supply supply;

	private final Incoming file;

	private final Room room;

	private final WriteHead head;

	private final FillQueue queue = new FillQueue();

	private final Resumption resumption = new Resumption();

	private final MessageDigest sum;

	private OptionalLong total = OptionalLong.empty();

	private boolean answered;

	/** What an upstream that gives no parts repeats. */
	private long repeated;

	FillTask(Digest digest, Supply supply, Incoming file, Room room, WriteHead head) {
		this.digest = digest;
		this.supply = supply;
		this.file = file;
		this.room = room;
		this.head = head;
		this.sum = digest.algorithm().newSum();
	}

	/**
	 * Fetches it.
	 * @throws IOException if the disk fails
	 * @throws InterruptedException if it is to end
	 * @throws RuntimeException if the upstream gives up, or gives what isn't the blob
	 */
	void fetch() throws IOException, InterruptedException {
		try {
			this.queue.ask(this.supply, 0);
			boolean more = true;
			while (more) {
				more = switch (this.queue.take()) {
					case FillQueue.Arrival.Began(Supply.Portion portion) -> begin(portion);
					case FillQueue.Arrival.Bytes(ByteBuf buffer) -> write(buffer);
					case FillQueue.Arrival.Ended() -> end();
					case FillQueue.Arrival.Broken(Throwable failure) -> goOn(failure);
				};
			}
		}
		finally {
			this.queue.close();
		}
	}

	/**
	 * Makes a blob of what was fetched.
	 * @param blobs where
	 * @throws IOException if the disk fails
	 */
	void keep(BlobFiles blobs) throws IOException {
		blobs.keep(this.file, this.digest);
		this.room.kept(this.digest);
	}

	/** Takes no more room than what was written. */
	void leaveRoom() {
		this.room.giveBackUnused();
	}

	private boolean begin(Supply.Portion portion) {
		boolean other = portion.total().isPresent() && this.total.isPresent()
				&& portion.total().getAsLong() != this.total.getAsLong();
		if (other || portion.offset() > this.file.length()) {
			portion.release();
			throw new UpstreamException.InvalidAnswer(this.digest + " was " + this.total.orElse(-1)
					+ " bytes long before, and is " + portion.total().orElse(-1) + " now");
		}
		this.repeated = this.file.length() - portion.offset();
		if (this.total.isEmpty() && portion.total().isPresent()) {
			this.total = portion.total();
		}
		takeRoom(portion);
		this.answered = true;
		this.head.begin(this.total);
		this.queue.receive(portion);
		return true;
	}

	private void takeRoom(Supply.Portion portion) {
		try {
			this.total.ifPresentOrElse(this.room::take, () -> this.room.grow(this.file.length()));
		}
		catch (NoRoomException ex) {
			portion.release();
			throw ex;
		}
	}

	/** What has begun ends as on a full disk. */
	private void growTo(long length) throws IOException {
		try {
			this.room.grow(length);
		}
		catch (NoRoomException ex) {
			throw new IOException(ex.getMessage(), ex);
		}
	}

	private boolean write(ByteBuf buffer) throws IOException {
		try {
			int skipped = (int) Math.min(this.repeated, buffer.readableBytes());
			this.repeated -= skipped;
			buffer.skipBytes(skipped);
			if (this.file.length() + buffer.readableBytes() > this.total.orElse(Long.MAX_VALUE)) {
				throw new UpstreamException.InvalidAnswer(
						this.digest + " is longer than the " + this.total.getAsLong() + " bytes that were announced");
			}
			growTo(this.file.length() + buffer.readableBytes());
			for (ByteBuffer bytes : buffer.nioBuffers()) {
				this.sum.update(bytes.duplicate());
				this.file.append(bytes);
			}
		}
		finally {
			buffer.release();
		}
		this.room.wrote(this.file.length());
		this.head.advance(this.file.length());
		return true;
	}

	private boolean end() throws InterruptedException {
		if (this.repeated > 0 || this.file.length() < this.total.orElse(0)) {
			return goOn(new UpstreamException.InvalidAnswer(
					this.digest + " ended after " + this.file.length() + " of " + this.total.orElse(-1) + " bytes"));
		}
		String hex = HexFormat.of().formatHex(this.sum.digest());
		if (!hex.equals(this.digest.hex())) {
			throw new UpstreamException.InvalidAnswer(
					"what came for " + this.digest + " is " + new Digest(this.digest.algorithm(), hex));
		}
		this.head.verify();
		return false;
	}

	/**
	 * An upstream that has never answered well is the client's to know of, and at once.
	 */
	private boolean goOn(Throwable failure) throws InterruptedException {
		Optional<Duration> pause = this.answered ? this.resumption.next(this.file.length()) : Optional.empty();
		if (pause.isEmpty()) {
			throw (failure instanceof RuntimeException cause) ? cause : new IllegalStateException(failure);
		}
		LOG.info("{}: goes on at byte {} after: {}", this.digest, this.file.length(), failure.getMessage());
		TimeUnit.NANOSECONDS.sleep(pause.get().toNanos());
		this.queue.ask(this.supply, this.file.length());
		return true;
	}

}
