package dev.sluice.wiring;

import org.springframework.context.SmartLifecycle;

/**
 * Whether Sluice is on its way down: from the first moment of a shutdown on, while
 * requests under way are still served to their end. Thread-safe.
 */
public class Draining implements SmartLifecycle {

	private volatile boolean running;

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/** Stopped before the server begins to wait for its requests. */
	@Override
	public int getPhase() {
		return Integer.MAX_VALUE;
	}

	public boolean isDraining() {
		return !this.running;
	}

}
