package dev.sluice.web;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import reactor.netty.NettyPipeline;

/**
 * Who is let in, at the registry's port and at the management's: whatever reads as a
 * request, unless a browser seems to have been led here. A page anywhere may have its own
 * name resolve to 127.0.0.1 (DNS rebinding) and would then read what Sluice's credentials
 * reach; so while Sluice listens on loopback, or knows its own names, a request comes by
 * one of them. Thread-safe.
 */
public final class FrontDoor {

	/** Names that always mean the machine itself, or its host out of a container. */
	private static final Set<String> LOCAL = Set.of("localhost", "localhost.localdomain", "ip6-localhost",
			"ip6-loopback", "host.docker.internal", "host.containers.internal", "host.minikube.internal");

	private static final Duration HEAD = Duration.ofSeconds(30);

	private final Set<String> known;

	private final boolean always;

	private final Duration head;

	private final CommonHeaders headers = new CommonHeaders();

	/**
	 * A door.
	 * @param own Sluice's own names, {@code host[:port]}; where there are any, no other
	 * is served on whatever address
	 * @param claimed the hosts by which upstreams are meant
	 */
	public FrontDoor(Collection<String> own, Collection<String> claimed) {
		this(own, claimed, HEAD);
	}

	/**
	 * A door with a patience of its own.
	 * @param own as before
	 * @param claimed as before
	 * @param head how long a request's head may take
	 */
	public FrontDoor(Collection<String> own, Collection<String> claimed, Duration head) {
		this.head = head;
		this.always = !own.isEmpty();
		this.known = Stream.of(own, claimed)
			.flatMap(Collection::stream)
			.flatMap((name) -> Authority.parse(name).stream())
			.map(Authority::host)
			.collect(Collectors.toUnmodifiableSet());
	}

	/**
	 * Puts the door before a client's connection.
	 * @param client the connection, its HTTP codec in place and nothing read yet
	 */
	public void guard(Channel client) {
		boolean loopback = client.parent() != null
				&& client.parent().localAddress() instanceof InetSocketAddress address && address.getAddress() != null
				&& address.getAddress().isLoopbackAddress();
		new HeadDeadline(this.head).guard(client.pipeline(), NettyPipeline.HttpCodec);
		client.pipeline()
			.addBefore(NettyPipeline.HttpTrafficHandler, "sluice.headers", this.headers)
			.addBefore(NettyPipeline.HttpTrafficHandler, "sluice.bodies", new UnwantedBodies())
			.addBefore(NettyPipeline.HttpTrafficHandler, "sluice.doorway", new Doorway(this, this.always || loopback));
	}

	/**
	 * Decides on a request that can be read, and writes its host in one form.
	 * @param headers the request's headers
	 * @param hostNeeded whether it has to have a {@code Host}, as from HTTP/1.1 on
	 * @param namesChecked whether its host must be a known one
	 * @return why it is refused, or empty if it isn't
	 */
	Optional<Refusal> refusal(HttpHeaders headers, boolean hostNeeded, boolean namesChecked) {
		if (!isHostWellFormed(headers, hostNeeded)) {
			return Optional.of(Refusal.HOST_MISSING);
		}
		Optional<Authority> host = Optional.ofNullable(headers.get(HttpHeaderNames.HOST))
			.flatMap((line) -> Authority.parse(line.strip()));
		host.ifPresent((it) -> headers.set(HttpHeaderNames.HOST, it.toString()));
		if (namesChecked && host.filter((it) -> !isKnown(it)).isPresent()) {
			return Optional.of(Refusal.FOREIGN_HOST);
		}
		boolean ownPages = headers.getAll(HttpHeaderNames.ORIGIN).stream().allMatch((origin) -> isOf(host, origin));
		return ownPages ? Optional.empty() : Optional.of(Refusal.FOREIGN_ORIGIN);
	}

	/**
	 * Whether a request has one {@code Host} line at most, and in it a host or nothing
	 * (RFC 9112, 3.2).
	 * @param headers the request's headers
	 * @param needed whether there has to be one
	 * @return whether the request is well formed in this
	 */
	static boolean isHostWellFormed(HttpHeaders headers, boolean needed) {
		List<String> lines = headers.getAll(HttpHeaderNames.HOST);
		if (lines.size() != 1) {
			return lines.isEmpty() && !needed;
		}
		boolean nothing = lines.getFirst().chars().allMatch((c) -> c == ' ' || c == '\t');
		return nothing || Authority.parse(lines.getFirst().strip()).isPresent();
	}

	private boolean isKnown(Authority authority) {
		String host = authority.host();
		return authority.isAddress() || LOCAL.contains(host) || host.endsWith(".localhost")
				|| this.known.contains(host);
	}

	/**
	 * Behind a proxy that ends TLS, a host without a port may be on either's usual one.
	 */
	private static boolean isOf(Optional<Authority> host, String origin) {
		int end = origin.indexOf("://");
		Optional<Authority> own = (end < 0) ? Optional.empty() : Authority.parse(origin.substring(end + 3).strip());
		if (own.isEmpty() || host.isEmpty() || !own.get().host().equals(host.get().host())) {
			return false;
		}
		int port = own.get().port().orElse(origin.regionMatches(true, 0, "https:", 0, 6) ? 443 : 80);
		return host.get().port().isPresent() ? host.get().port().getAsInt() == port : port == 80 || port == 443;
	}

}
