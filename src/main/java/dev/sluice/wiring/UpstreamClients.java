package dev.sluice.wiring;

import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

import dev.sluice.credential.CredentialChain;
import dev.sluice.credential.Quarantine;
import dev.sluice.oci.RegistryName;
import dev.sluice.settings.InvalidSettingException;
import dev.sluice.token.HeaderSecrets;
import dev.sluice.token.QuarantinedExchange;
import dev.sluice.token.RememberingAuthorizer;
import dev.sluice.token.TokenCache;
import dev.sluice.token.TokenClient;
import dev.sluice.token.TokenListener;
import dev.sluice.transport.NettyTransport;
import dev.sluice.transport.Network;
import dev.sluice.transport.Transport;
import dev.sluice.upstream.Upstream;
import dev.sluice.upstream.UpstreamClient;
import dev.sluice.upstream.UpstreamListener;

/**
 * Makes the client of an upstream, with connections and a memory of its own and the
 * tokens that all share. Thread-safe. Closing it closes all connections.
 */
public final class UpstreamClients implements AutoCloseable {

	private static final int TRACED_TOKENS = 100;

	private final UpstreamSettings settings;

	private final Network network;

	private final TokenCache tokens;

	private final CredentialChain credentials;

	private final Quarantine quarantine;

	private final TokenListener tokenListener;

	private final UpstreamListener upstreamListener;

	private final Map<RegistryName, NettyTransport> transports = new ConcurrentHashMap<>();

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
		return open(name, this.tokens, UnaryOperator.identity(), this.tokenListener, this.upstreamListener);
	}

	/**
	 * Makes a client that remembers nothing and shows each exchange, over the same
	 * connections and with the same quarantine.
	 * @param name a listed registry
	 * @param tracing put around its connections
	 * @param listener told of what happens
	 * @return a client of its own
	 * @throws InvalidSettingException as {@link #open}
	 */
	public UpstreamClient openTraced(RegistryName name, UnaryOperator<Transport> tracing, UpstreamListener listener) {
		return open(name, new TokenCache(Clock.systemUTC(), TRACED_TOKENS), tracing, TokenListener.NONE, listener);
	}

	private UpstreamClient open(RegistryName name, TokenCache tokens, UnaryOperator<Transport> tracing,
			TokenListener tokenListener, UpstreamListener upstreamListener) {
		Upstream upstream = this.settings.upstream(name);
		Transport transport = tracing.apply(this.transports.computeIfAbsent(name, (_) -> connections(upstream)));
		TokenClient tokenClient = new TokenClient(transport, Clock.systemUTC(), tokenListener,
				HeaderSecrets.of(upstream.transport().headers().entrySet()));
		return new UpstreamClient(upstream, transport, this.credentials.of(name), this.quarantine,
				new RememberingAuthorizer(tokens, new QuarantinedExchange(tokenClient, this.quarantine),
						this.quarantine),
				upstreamListener);
	}

	private NettyTransport connections(Upstream upstream) {
		try {
			Network seen = this.settings.spared(upstream.name())
				.map((hosts) -> hosts.in(this.network))
				.orElse(this.network);
			return new NettyTransport(Set.copyOf(upstream.endpoints()), upstream.transport(), seen);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidSettingException(upstream.name(),
					this.settings.numbered(upstream.name(), String.valueOf(ex.getMessage())));
		}
	}

	@Override
	public void close() {
		this.transports.values().forEach(NettyTransport::close);
	}

}
