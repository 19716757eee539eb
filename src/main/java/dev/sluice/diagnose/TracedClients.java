package dev.sluice.diagnose;

import java.util.function.UnaryOperator;

import dev.sluice.oci.RegistryName;
import dev.sluice.transport.Transport;
import dev.sluice.upstream.UpstreamClient;
import dev.sluice.upstream.UpstreamListener;
import reactor.core.publisher.Mono;

/**
 * Makes clients that remember nothing and whose every exchange is shown. Thread-safe;
 * never blocks.
 */
@FunctionalInterface
public interface TracedClients {

	/**
	 * Makes a client.
	 * @param name a listed registry
	 * @param tracing put around its connections
	 * @param listener told of what happens
	 * @return the client
	 */
	Mono<UpstreamClient> open(RegistryName name, UnaryOperator<Transport> tracing, UpstreamListener listener);

}
