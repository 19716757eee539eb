package dev.sluice.transport;

import java.net.InetSocketAddress;
import java.time.Duration;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import reactor.netty.http.HttpResources;
import reactor.netty.resources.LoopResources;

/**
 * Names resolved by Netty without blocking an event loop: hosts file, {@code resolv.conf}
 * with its search domains, TCP where an answer is too long for UDP. An answer is
 * remembered for a minute at most, a failure for five seconds.
 */
final class AsyncDns {

	private static final int LONGEST_MEMORY_SECONDS = 60;

	private static final int MEMORY_OF_FAILURE_SECONDS = 5;

	private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(5);

	private AsyncDns() {
	}

	static AddressResolverGroup<InetSocketAddress> names() {
		LoopResources loops = HttpResources.get();
		EventLoopGroup group = loops.onClient(LoopResources.DEFAULT_NATIVE);
		return new DnsAddressResolverGroup(
				new DnsNameResolverBuilder().datagramChannelFactory(() -> loops.onChannel(DatagramChannel.class, group))
					.socketChannelFactory(() -> loops.onChannel(SocketChannel.class, group), true)
					.ttl(0, LONGEST_MEMORY_SECONDS)
					.negativeTtl(MEMORY_OF_FAILURE_SECONDS)
					.queryTimeoutMillis(QUERY_TIMEOUT.toMillis()));
	}

}
