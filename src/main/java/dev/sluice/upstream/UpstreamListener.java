package dev.sluice.upstream;

import java.time.Duration;

import dev.sluice.oci.RegistryException;
import dev.sluice.oci.RegistryName;

/**
 * Told of what happens at upstreams. Thread-safe; must not block.
 */
public interface UpstreamListener {

	/** Listens to nothing. */
	UpstreamListener NONE = new UpstreamListener() {
	};

	/**
	 * An upstream answered a request on the wire.
	 * @param upstream its name
	 * @param operation what was asked, in one word
	 * @param status the status
	 * @param duration from the request to the answer's headers
	 */
	default void answered(RegistryName upstream, String operation, int status, Duration duration) {
	}

	/**
	 * A client's wish was served by an upstream.
	 * @param upstream its name
	 */
	default void served(RegistryName upstream) {
	}

	/**
	 * A client's wish could not be served by an upstream.
	 * @param upstream its name
	 * @param cause why
	 */
	default void failed(RegistryName upstream, RegistryException cause) {
	}

}
