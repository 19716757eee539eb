package dev.sluice.credential.cloud;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

import dev.sluice.oci.RegistryException;
import dev.sluice.oci.UpstreamException;
import dev.sluice.transport.Answer;
import dev.sluice.transport.NettyTransport;
import dev.sluice.transport.Network;
import dev.sluice.transport.OutboundRequest;
import dev.sluice.transport.Reach;
import dev.sluice.transport.Transport.Referrer;
import dev.sluice.transport.TransportSettings;
import dev.sluice.transport.Url;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * HTTP calls to a cloud's services, for code that may block. Redirects aren't followed;
 * answers are capped at 256 KiB. Connections are made ready at the first call.
 * Thread-safe.
 */
public final class CloudCalls implements AutoCloseable {

	private static final int BODY_LIMIT = 256 * 1024;

	private static final int CONNECTIONS = 4;

	private static final int PENDING = 64;

	private final TransportSettings settings;

	private final Duration patience;

	private final Network network;

	private @Nullable NettyTransport transport;

	private CloudCalls(Network network, Duration connect, Duration patience, Set<String> hosts) {
		this.network = network;
		this.patience = patience;
		this.settings = new TransportSettings(TransportSettings.Tls.DEFAULT, connect, patience, patience, CONNECTIONS,
				PENDING, null, Map.of(), hosts, Set.of());
	}

	/**
	 * Calls to services on the network, by the egress proxy if there is one.
	 * @param network what the process shares
	 * @return calls of ten seconds at most
	 */
	public static CloudCalls toServices(Network network) {
		return new CloudCalls(network, Duration.ofSeconds(5), Duration.ofSeconds(10), Set.of());
	}

	/**
	 * Calls to what is beside this machine: metadata servers, never by a proxy. One that
	 * doesn't take the connection within a second isn't there.
	 * @param network what the process shares
	 * @param hosts their names and addresses, which no other connection may go to
	 * @return calls of ten seconds at most
	 */
	public static CloudCalls toMetadata(Network network, Set<String> hosts) {
		Network direct = new Network(network.names(), Map.of(), network.userAgent(), network.heldMemory());
		return new CloudCalls(direct, Duration.ofSeconds(1), Duration.ofSeconds(10), hosts);
	}

	/**
	 * Asks by GET.
	 * @param uri the service's address
	 * @param headers the request's headers
	 * @return the answer, of any status
	 * @throws CloudException if there is none
	 */
	public Reply get(URI uri, HttpHeaders headers) {
		return call(OutboundRequest.of(HttpMethod.GET, Url.parse(uri.toString()), headers));
	}

	/**
	 * Asks by POST.
	 * @param uri the service's address
	 * @param headers the request's headers; the body is a form unless they name another
	 * content type
	 * @param body the body
	 * @return the answer, of any status
	 * @throws CloudException if there is none
	 */
	public Reply post(URI uri, HttpHeaders headers, String body) {
		return call(new OutboundRequest(HttpMethod.POST, Url.parse(uri.toString()), headers, body));
	}

	/**
	 * Sends any request.
	 * @param request the request
	 * @return the answer, of any status
	 * @throws CloudException if there is none
	 */
	public Reply call(OutboundRequest request) {
		// these endpoints are configured: they may be anywhere
		Referrer anywhere = new Referrer(request.url().origin(), Reach.LOOPBACK);
		CompletableFuture<@Nullable Reply> reply = transport().sendTo(request, anywhere)
			.flatMap(CloudCalls::read)
			.timeout(this.patience.plusSeconds(1))
			.toFuture();
		try {
			return Objects.requireNonNull(reply.get());
		}
		catch (ExecutionException ex) {
			throw failure(request, ex.getCause());
		}
		catch (InterruptedException ex) {
			reply.cancel(true);
			Thread.currentThread().interrupt();
			throw new CloudException("interrupted");
		}
	}

	private static Mono<Reply> read(Answer answer) {
		return answer.bytes(BODY_LIMIT)
			.defaultIfEmpty(new byte[0])
			.map((body) -> new Reply(answer.status(), answer.headers(), body))
			.doFinally((_) -> answer.release());
	}

	private static CloudException failure(OutboundRequest request, @Nullable Throwable cause) {
		String origin = request.url().origin().toString();
		return switch (cause) {
			case UpstreamException.UpstreamUnreachable ex -> new CloudException.Unreachable(ex.getMessage());
			case UpstreamException.UpstreamTimedOut ex -> new CloudException.Unreachable(ex.getMessage());
			case RegistryException ex -> new CloudException(ex.getMessage());
			case TimeoutException _ -> new CloudException.Unreachable(origin + " doesn't answer in time");
			case null, default -> new CloudException(origin + " can't be asked");
		};
	}

	private synchronized NettyTransport transport() {
		NettyTransport open = this.transport;
		if (open == null) {
			open = new NettyTransport(Set.of(), this.settings, this.network);
			this.transport = open;
		}
		return open;
	}

	@Override
	public synchronized void close() {
		if (this.transport != null) {
			this.transport.close();
		}
	}

}
