package dev.sluice.upstream;

import java.time.Duration;
import java.util.List;

import dev.sluice.oci.Provenance;
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
	 * Tells several listeners.
	 * @param listeners whom to tell, in order
	 * @return one listener for all of them
	 */
	static UpstreamListener all(List<? extends UpstreamListener> listeners) {
		return new UpstreamListeners(List.copyOf(listeners));
	}

	/**
	 * An upstream is about to be asked.
	 * @param upstream its name
	 * @param from which endpoint, and as whom
	 */
	default void asking(RegistryName upstream, Provenance from) {
	}

	/**
	 * An upstream answered a request on the wire.
	 * @param upstream its name
	 * @param method get or head
	 * @param status the status
	 * @param duration from the request to the answer's headers
	 */
	default void answered(RegistryName upstream, String method, int status, Duration duration) {
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
