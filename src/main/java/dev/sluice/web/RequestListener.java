package dev.sluice.web;

import dev.sluice.pull.Origin;

/**
 * Told of clients' requests. Thread-safe; must not block.
 */
public interface RequestListener {

	/** Listens to nothing. */
	RequestListener NONE = new RequestListener() {
	};

	/** A request came in. */
	default void started() {
	}

	/**
	 * A request is over, however it ended.
	 * @param operation what was asked, in one word of a small set
	 * @param status the status answered
	 * @param from where the body came from
	 * @param bytes the body's bytes sent
	 * @param millis milliseconds from its start
	 */
	default void finished(String operation, int status, Origin from, long bytes, long millis) {
	}

}
