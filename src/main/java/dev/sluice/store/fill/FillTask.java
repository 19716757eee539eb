package dev.sluice.store.fill;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

import dev.sluice.oci.Digest;
import dev.sluice.oci.UpstreamException;
import dev.sluice.store.space.NoRoomException;
import io.netty.buffer.ByteBuf;

/**
 * Fetches a blob: hashes it, writes it down and goes on where its upstream breaks off, or
 * gives too little. All in one thread, which may block.
 */
final class FillTask {

	private final Digest digest;

	private final Supply supply;

	private final FillFile file;

	private final WriteHead head;

	private final SpeedWatch speed;

	private final FillRecord record;

	private final FillQueue queue = new FillQueue();

	private final Resumption resumption = new Resumption();

	private final MessageDigest sum;

	private OptionalLong total = OptionalLong.empty();

	private boolean answered;

	/** Bytes that have come and are hashed. */
	private long received;

	/** What an upstream that gives no parts repeats. */
	private long repeated;

	FillTask(Digest digest, Supply supply, FillFile file, WriteHead head, SpeedLimit limit, FillRecord record) {
		this.digest = digest;
		this.supply = supply;
		this.file = file;
		this.head = head;
		this.speed = new SpeedWatch(limit);
		this.record = record;
		this.sum = digest.algorithm().newSum();
	}

	/**
	 * Fetches it. A disk that fails doesn't end it: nothing is written down then.
	 * @throws InterruptedException if it is to end
	 * @throws RuntimeException if the upstream gives up, or gives what isn't the blob
	 */
	void fetch() throws InterruptedException {
		try {
			this.queue.ask(this.supply, 0);
			boolean more = true;
			while (more) {
				more = switch (next()) {
					case FillQueue.Arrival.Began(Supply.Portion portion) -> begin(portion);
					case FillQueue.Arrival.Bytes(ByteBuf buffer) -> write(buffer);
					case FillQueue.Arrival.Ended() -> end();
					case FillQueue.Arrival.Broken(Throwable failure) -> goOn(failure);
				};
			}
		}
		catch (InterruptedException ex) {
			this.record.stopped();
			throw ex;
		}
		finally {
			this.queue.close();
		}
	}

	/** An answer is bound by time-outs of its own. */
	private FillQueue.Arrival next() throws InterruptedException {
		Optional<FillQueue.Arrival> arrival = this.queue.isReceiving() ? Optional.empty()
				: Optional.of(this.queue.take());
		while (arrival.isEmpty()) {
			arrival = received();
		}
		return arrival.get();
	}

	private Optional<FillQueue.Arrival> received() throws InterruptedException {
		long before = System.nanoTime();
		Optional<FillQueue.Arrival> arrival = this.queue.take(this.speed.patience());
		this.speed.waited(System.nanoTime() - before);
		if (arrival.isPresent() && arrival.get() instanceof FillQueue.Arrival.Bytes(ByteBuf buffer)) {
			this.speed.gave(buffer.readableBytes());
		}
		if (!this.speed.isTooSlow()) {
			return arrival;
		}
		arrival.ifPresent(FillQueue.Arrival::release);
		return Optional.of(new FillQueue.Arrival.Broken(
				new UpstreamException.InvalidAnswer(this.digest + " came too slowly: less than " + this.speed)));
	}

	private boolean begin(Supply.Portion portion) {
		boolean other = portion.total().isPresent() && this.total.isPresent()
				&& portion.total().getAsLong() != this.total.getAsLong();
		if (other || portion.offset() > this.received) {
			portion.release();
			throw new UpstreamException.InvalidAnswer(this.digest + " was " + this.total.orElse(-1)
					+ " bytes long before, and is " + portion.total().orElse(-1) + " now");
		}
		this.repeated = this.received - portion.offset();
		if (portion.total().orElse(-1) == 0 && !this.digest.matches(new byte[0])) {
			portion.release();
			throw new UpstreamException.InvalidAnswer("what came for " + this.digest + " is empty");
		}
		if (this.total.isEmpty() && portion.total().isPresent()) {
			this.total = portion.total();
		}
		expect(portion);
		this.answered = true;
		this.record.answered();
		this.head.begin(this.total);
		this.speed.begin();
		this.queue.receive(portion);
		return true;
	}

	private void expect(Supply.Portion portion) {
		try {
			this.file.expect(this.total, Sums.copy(this.sum));
		}
		catch (NoRoomException ex) {
			this.record.foundNoRoom();
			portion.release();
			throw ex;
		}
	}

	private boolean write(ByteBuf buffer) throws InterruptedException {
		try {
			this.record.fetched(buffer.readableBytes());
			int skipped = (int) Math.min(this.repeated, buffer.readableBytes());
			this.repeated -= skipped;
			buffer.skipBytes(skipped);
			if (this.received + buffer.readableBytes() > this.total.orElse(Long.MAX_VALUE)) {
				throw new UpstreamException.InvalidAnswer(
						this.digest + " is longer than the " + this.total.getAsLong() + " bytes that were announced");
			}
			this.received += buffer.readableBytes();
			MessageDigest before = Sums.copy(this.sum);
			for (ByteBuffer bytes : buffer.nioBuffers()) {
				this.sum.update(bytes.duplicate());
				this.file.append(bytes, before);
			}
		}
		finally {
			buffer.release();
		}
		this.file.show();
		return true;
	}

	private boolean end() throws InterruptedException {
		if (this.repeated > 0 || this.received < this.total.orElse(0)) {
			return goOn(new UpstreamException.InvalidAnswer(
					this.digest + " ended after " + this.received + " of " + this.total.orElse(-1) + " bytes"));
		}
		String hex = HexFormat.of().formatHex(this.sum.digest());
		if (!hex.equals(this.digest.hex())) {
			throw this.record.mismatched(new Digest(this.digest.algorithm(), hex));
		}
		this.record.came();
		this.head.verify(this.received);
		return false;
	}

	/**
	 * An upstream that has never answered well is the client's to know of, and at once.
	 */
	private boolean goOn(Throwable failure) throws InterruptedException {
		Optional<Duration> pause = this.answered ? this.resumption.next(this.received) : Optional.empty();
		if (pause.isEmpty()) {
			throw (failure instanceof RuntimeException cause) ? cause : new IllegalStateException(failure);
		}
		this.record.resumes(this.received, failure);
		TimeUnit.NANOSECONDS.sleep(pause.get().toNanos());
		this.queue.ask(this.supply, this.received);
		return true;
	}

}
