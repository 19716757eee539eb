package dev.sluice.store.link;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.store.disk.SmallFiles;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The links that are held: files beside the blobs, and a memory of those used last, which
 * the files follow. A link that gets lost costs one question to its upstream.
 * Thread-safe.
 */
public final class Links {

	private static final Logger LOG = LoggerFactory.getLogger(Links.class);

	/** No link has a name like it, for it isn't hexadecimal. */
	private static final String KEY = "key";

	private static final int KEY_BYTES = 32;

	private static final int REMEMBERED = 10_000;

	/** Of no use after that long without a word of the upstream's. */
	private static final Duration AGE = Duration.ofDays(90);

	private static final Duration SWEEP_EVERY = Duration.ofHours(1);

	private final SmallFiles files;

	private final int most;

	private final Executor disk;

	private volatile byte @Nullable [] key;

	/** How many more may be written before the next sweep. */
	private int left;

	private long sweepDue = System.nanoTime();

	private final AtomicBoolean failing = new AtomicBoolean();

	/** Empty for what isn't there. */
	private final Cache<LinkKey, Optional<Link>> memory = Caffeine.newBuilder().maximumSize(REMEMBERED).build();

	/**
	 * The links in some files.
	 * @param files the files
	 * @param most how many may be written; others are only remembered
	 * @param disk where they are written
	 */
	public Links(SmallFiles files, int most, Executor disk) {
		this.most = most;
		this.files = files;
		this.disk = disk;
	}

	/**
	 * The key of all fingerprints, made when it is first wanted. Who has it can tell
	 * whether a guess at a credential is right, and nothing else. Blocks.
	 * @return 32 bytes, the same after a restart
	 * @throws IOException if it can't be read or kept
	 */
	public byte[] key() throws IOException {
		byte[] known = this.key;
		return ((known != null) ? known : readKey()).clone();
	}

	private byte[] readKey() throws IOException {
		synchronized (this.memory) {
			byte[] known = this.key;
			if (known == null) {
				known = this.files.read(KEY).filter((bytes) -> bytes.length == KEY_BYTES).orElse(null);
			}
			known = (known != null) ? known : newKey();
			this.key = known;
			return known;
		}
	}

	private byte[] newKey() throws IOException {
		byte[] key = new byte[KEY_BYTES];
		new SecureRandom().nextBytes(key);
		this.files.write(KEY, key);
		return key;
	}

	/**
	 * Finds a link. Blocks.
	 * @param key what it is about
	 * @return the link
	 * @throws IOException if the disk fails
	 */
	public Optional<Link> find(LinkKey key) throws IOException {
		Optional<Link> remembered = this.memory.getIfPresent(key);
		if (remembered != null) {
			return remembered;
		}
		Optional<Link> read = this.files.read(key.fileName()).flatMap((content) -> LinkText.read(key, content));
		Optional<Link> meanwhile = this.memory.asMap().putIfAbsent(key, read);
		return (meanwhile != null) ? meanwhile : read;
	}

	/**
	 * Keeps a link, in place of what was known before. Counts at once; doesn't block.
	 * @param key what it is about
	 * @param link the link
	 */
	public void keep(LinkKey key, Link link) {
		change(key, Optional.of(link));
	}

	/**
	 * Removes a link: what it allowed is refused. Counts at once; doesn't block.
	 * @param key what it is about
	 */
	public void remove(LinkKey key) {
		change(key, Optional.empty());
	}

	private void change(LinkKey key, Optional<Link> link) {
		this.memory.put(key, link);
		try {
			this.disk.execute(() -> follow(key, link));
		}
		catch (RejectedExecutionException _) {
			forget(key, link);
		}
	}

	/** What is remembered may be lost with the process, a denial may not. */
	private void forget(LinkKey key, Optional<Link> link) {
		if (link.isEmpty()) {
			Thread.startVirtualThread(() -> follow(key, link));
		}
	}

	private void sweepNowAndThen() throws IOException {
		long now = System.nanoTime();
		if (now - this.sweepDue >= 0) {
			this.sweepDue = now + SWEEP_EVERY.toNanos();
			int written = new LinkSweep(this.files, this.most - this.most / 10, AGE).sweep(Instant.now());
			this.left = this.most - written;
		}
	}

	/** Whoever comes last writes what counts last. */
	private synchronized void follow(LinkKey key, Optional<Link> changed) {
		Optional<Link> remembered = this.memory.getIfPresent(key);
		Optional<Link> link = (remembered != null) ? remembered : changed;
		try {
			sweepNowAndThen();
			if (link.isEmpty()) {
				this.files.remove(key.fileName());
			}
			else if (this.left-- > 0) {
				this.files.write(key.fileName(), LinkText.of(key, link.get()));
			}
			this.failing.set(false);
		}
		catch (IOException ex) {
			if (this.failing.compareAndSet(false, true)) {
				LOG.warn("the store can't write who may have what ({}): after a restart upstreams are asked again",
						ex.toString());
			}
		}
	}

}
