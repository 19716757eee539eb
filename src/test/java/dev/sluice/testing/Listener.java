package dev.sluice.testing;

import io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;

/**
 * Where a server listens, always on 127.0.0.1 and a free port, and the host name by which
 * it speaks of itself in its URLs. Any name will do where the client under test has a
 * resolver of its own. Immutable.
 *
 * @param hostName the name in URLs
 * @param tls the server's side of TLS, or {@code null} for plain HTTP
 */
public record Listener(String hostName, @Nullable SslContext tls) {

	/** Plain HTTP as {@code 127.0.0.1}. */
	public static Listener loopback() {
		return named("127.0.0.1");
	}

	/** Plain HTTP as {@code localhost}: another host than {@code 127.0.0.1}. */
	public static Listener localhost() {
		return named("localhost");
	}

	/** Plain HTTP under a name. */
	public static Listener named(String hostName) {
		return new Listener(hostName, null);
	}

	/** The same with TLS. */
	public Listener secured(SslContext serverContext) {
		return new Listener(this.hostName, serverContext);
	}

	String scheme() {
		return (this.tls != null) ? "https" : "http";
	}

}
