package dev.sluice.store.fill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.sluice.oci.Digest;
import dev.sluice.store.disk.BlobFiles;
import dev.sluice.store.disk.DiskState;
import dev.sluice.store.disk.Incoming;
import dev.sluice.store.disk.SharedFile;
import dev.sluice.store.space.Room;
import dev.sluice.store.space.Space;
import org.jspecify.annotations.Nullable;

/**
 * The fills under way: one for each digest, and no more at once than its bound.
 * Thread-safe.
 */
public final class Fills implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final Space space;

	private final BlobFiles blobs;

	private final DiskState disk;

	private final SpeedLimit limit;

	private final FillListener listener;

	private final Semaphore free;

	private final Roomless roomless = new Roomless(Ticker.systemTicker());

	private final ConcurrentHashMap<Digest, UnderWay> underWay = new ConcurrentHashMap<>();

	private final ExecutorService threads = Executors
		.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().name("fill-", 0).factory());

	/**
	 * None is under way yet.
	 * @param space where they come in
	 * @param disk how the disk does that they come in on
	 * @param most how many at once
	 * @param limit how slow their upstreams may be
	 * @param listener told of them
	 */
	public Fills(Space space, DiskState disk, int most, SpeedLimit limit, FillListener listener) {
		this.space = space;
		this.blobs = space.blobs();
		this.disk = disk;
		this.limit = limit;
		this.listener = listener;
		this.free = new Semaphore(most);
	}

	/**
	 * Joins the fill of a blob. Whoever joins holds its file before the fill can let go
	 * of it.
	 * @param digest its digest
	 * @return a place at it; empty if there is none
	 */
	public Optional<Fill> join(Digest digest) {
		AtomicReference<@Nullable Fill> place = new AtomicReference<>();
		this.underWay.computeIfPresent(digest, (_, fill) -> {
			place.set(fill.join());
			return fill;
		});
		return Optional.ofNullable(place.get());
	}

	/**
	 * Begins the fill of a blob. Blocks for as long as it takes to make a file.
	 * @param digest its digest
	 * @param supply where it is to be had
	 * @return a place at it; empty if it is under way or held by now, as many are under
	 * way as may be, or there was no room for it or the disk failed a moment ago
	 * @throws IOException if the file can't be made
	 */
	public Optional<Fill> begin(Digest digest, Supply supply) throws IOException {
		try {
			AtomicReference<@Nullable Fill> place = new AtomicReference<>();
			this.underWay.computeIfAbsent(digest, (_) -> begun(digest, supply, place));
			return Optional.ofNullable(place.get());
		}
		catch (UncheckedIOException ex) {
			IOException cause = Objects.requireNonNull(ex.getCause());
			this.disk.failed("can't take " + digest, cause);
			throw cause;
		}
	}

	private @Nullable UnderWay begun(Digest digest, Supply supply, AtomicReference<@Nullable Fill> place) {
		if (this.blobs.isHeld(digest) || this.roomless.contains(digest) || this.disk.isResting()
				|| !this.free.tryAcquire()) {
			return null;
		}
		boolean begun = false;
		try {
			Incoming incoming = this.blobs.begin();
			Room room = this.space.room();
			incoming.bytes().whenClosed(room::gone);
			WriteHead head = new WriteHead();
			FillFile file = new FillFile(digest, incoming, room, head, this.disk);
			FillRecord record = new FillRecord(digest, supply.upstream(), this.listener);
			UnderWay fill = new UnderWay(head, file, record, incoming.bytes());
			place.set(fill.join());
			FillTask task = new FillTask(digest, supply, file, head, this.limit, record);
			this.threads.execute(() -> run(digest, task, fill));
			begun = true;
			return fill;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			if (!begun) {
				this.free.release();
			}
		}
	}

	/** Its clients have all of it before it is kept. */
	private void run(Digest digest, FillTask task, UnderWay fill) {
		Throwable failure = null;
		try {
			fill.record().begun();
			task.fetch();
			if (fill.file().keep(this.blobs)) {
				fill.record().kept();
			}
		}
		catch (Throwable ex) {
			failure = ex;
		}
		finally {
			end(digest, fill, failure);
		}
	}

	/**
	 * Whoever asks once it isn't under way begins another one, or finds it kept: nobody
	 * joins a fill whose file is closed.
	 */
	private void end(Digest digest, UnderWay fill, @Nullable Throwable failure) {
		if (fill.file().isRoomless()) {
			this.roomless.add(digest);
		}
		this.underWay.remove(digest, fill);
		try {
			if (failure != null) {
				fill.head.fail(failure);
			}
		}
		finally {
			this.free.release();
			fill.file().close();
			fill.record().ended();
		}
	}

	/**
	 * Ends all that is under way, and waits a few seconds for it: the directory is its
	 * own until then.
	 */
	@Override
	public void close() {
		this.threads.shutdownNow();
		try {
			this.threads.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
		}
	}

	private record UnderWay(WriteHead head, FillFile file, FillRecord record, SharedFile bytes) {

		Fill join() {
			return new Fill(this.head, (SharedFile) this.bytes.retain());
		}

	}

}
