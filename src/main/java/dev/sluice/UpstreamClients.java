package dev.sluice;

import java.time.Clock;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

import dev.sluice.credential.CredentialChain;
import dev.sluice.credential.Quarantine;
import dev.sluice.oci.RegistryName;
import dev.sluice.token.QuarantinedExchange;
import dev.sluice.token.RedirectAuthorizer;
import dev.sluice.token.RememberingAuthorizer;
import dev.sluice.token.TokenCache;
import dev.sluice.token.TokenClient;
import dev.sluice.token.TokenListener;
import dev.sluice.transport.Network;
import dev.sluice.transport.NettyTransport;
import dev.sluice.upstream.Upstream;
import dev.sluice.upstream.UpstreamClient;
import dev.sluice.upstream.UpstreamListener;

/**
 * Makes the client of an upstream, with connections and a memory of its own and the
 * tokens that all share. Thread-safe. Closing it closes all connections.
 */
final class UpstreamClients implements AutoCloseable {

	private final UpstreamSettings settings;

	private final Network network;

	private final TokenCache tokens;

	private final CredentialChain credentials;

	private final Quarantine quarantine;

	private final TokenListener tokenListener;

	private final UpstreamListener upstreamListener;

	private final Collection<NettyTransport> transports = new ConcurrentLinkedQueue<>();

	UpstreamClients(UpstreamSettings settings, Network network, TokenCache tokens, CredentialChain credentials,
			Quarantine quarantine, TokenListener tokenListener, UpstreamListener upstreamListener) {
		this.settings = settings;
		this.network = network;
		this.tokens = tokens;
		this.credentials = credentials;
		this.quarantine = quarantine;
		this.tokenListener = tokenListener;
		this.upstreamListener = upstreamListener;
	}

	/**
	 * Makes a client.
	 * @param name a listed registry
	 * @return its client
	 * @throws InvalidSettingException if a file that its settings name isn't what it
	 * should be
	 */
	UpstreamClient open(RegistryName name) {
		Upstream upstream = this.settings.upstream(name);
		NettyTransport transport = connections(upstream);
		this.transports.add(transport);
		TokenClient tokenClient = new TokenClient(transport, Clock.systemUTC(), this.tokenListener);
		return new UpstreamClient(upstream, transport, this.credentials.of(name), this.quarantine,
				new RememberingAuthorizer(this.tokens, new QuarantinedExchange(tokenClient, this.quarantine)),
				new RedirectAuthorizer(this.tokens, tokenClient), this.upstreamListener);
	}

	private NettyTransport connections(Upstream upstream) {
		try {
			return new NettyTransport(Set.copyOf(upstream.endpoints()), upstream.transport(), this.network);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidSettingException(upstream.name(), ex);
		}
	}

	@Override
	public void close() {
		this.transports.forEach(NettyTransport::close);
	}

}
