package dev.sluice.store.disk;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import dev.sluice.oci.Digest;

/**
 * Adds up what it is told.
 */
final class RecordedLedger implements BlobLedger {

	private final AtomicInteger underWay = new AtomicInteger();

	private final AtomicLong named = new AtomicLong();

	private final AtomicLong lingering = new AtomicLong();

	@Override
	public void changing(Digest digest) {
		this.underWay.incrementAndGet();
	}

	@Override
	public void changed(Digest digest, long bytes) {
		this.underWay.decrementAndGet();
		this.named.addAndGet(bytes);
	}

	@Override
	public void lingering(long bytes) {
		this.lingering.addAndGet(bytes);
	}

	@Override
	public void gone(long bytes) {
		this.lingering.addAndGet(-bytes);
	}

	int underWay() {
		return this.underWay.get();
	}

	long named() {
		return this.named.get();
	}

	long lingering() {
		return this.lingering.get();
	}

}
