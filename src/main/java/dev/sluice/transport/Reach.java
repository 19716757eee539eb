package dev.sluice.transport;

/**
 * How far away an address is. An upstream's realms and redirects may be as near as the
 * upstream itself, and no nearer.
 */
public enum Reach {

	/** Routed on the internet. */
	PUBLIC,
	/** RFC 1918, RFC 4193, RFC 6598. */
	PRIVATE,
	/** This machine. */
	LOOPBACK,
	/** Link-local, metadata, multicast, unspecified: never connected to. */
	FORBIDDEN;

}
