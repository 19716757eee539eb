package dev.sluice.testing;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * What all servers of this package share: an address, a record of what arrived, and
 * misbehaviour on request.
 */
public interface RecordingServer extends AutoCloseable {

	/** The server underneath. */
	TestServer server();

	/** {@code host:port} as clients write it. */
	default String authority() {
		return server().authority();
	}

	/** The port it listens on. */
	default int port() {
		return server().port();
	}

	/** Scheme, host and port, with no slash at the end. */
	default String url() {
		return server().url();
	}

	/** What arrived. */
	default RequestLog requests() {
		return server().requests();
	}

	/** Misbehaves on each request that matches, until told to behave. */
	default void misbehave(Predicate<RecordedRequest> matching, Misbehaviour misbehaviour) {
		server().misbehave(matching, misbehaviour);
	}

	/** Misbehaves on the next {@code times} requests that match. */
	default void misbehave(Predicate<RecordedRequest> matching, int times, Misbehaviour misbehaviour) {
		server().misbehave(matching, times, misbehaviour);
	}

	/** Forgets all misbehaviours. */
	default void behave() {
		server().behave();
	}

	/** Refuses and cuts all connections until {@link #up()}. */
	default void down() {
		server().down();
	}

	/** Listens again, on the same port. */
	default void up() {
		server().up();
	}

	/**
	 * Waits until a client has given up a request with {@code part} in its path.
	 * @throws AssertionError if none has within {@code limit}
	 */
	default void awaitCancelled(String part, Duration limit) {
		requests().awaitCancelled(Matching.path(part), limit);
	}

	@Override
	default void close() {
		server().close();
	}

}
