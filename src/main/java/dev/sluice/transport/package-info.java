/**
 * Over which connection? One HTTP client an origin: TLS, egress proxy, time-outs, pools
 * and the address guard.
 * <p>
 * Start at {@link Transport}, and at {@link NettyTransport}, which implements it:
 * {@link Exchange} is one request with its answer, {@link Lane} the connections that it
 * may use. {@link AddressGuard} decides where a connection may go, {@link EgressRoutes}
 * by which proxy, {@link TlsContexts} whom it trusts, as long as {@link CertificateWatch}
 * sees no other files. Memory is bounded by {@link HeldMemory} for bodies that are held
 * (manifests, tokens, errors, until a client has them), and by {@link ReadGate} and
 * {@link ReadBudget} for those on their way. {@link FailureMessages} puts failures in
 * words.
 */
@NullMarked
package dev.sluice.transport;

import org.jspecify.annotations.NullMarked;
