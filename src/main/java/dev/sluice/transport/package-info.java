/**
 * Over which connection? One HTTP client an origin: TLS, egress proxy, time-outs, pools
 * and the address guard.
 */
@NullMarked
package dev.sluice.transport;

import org.jspecify.annotations.NullMarked;
