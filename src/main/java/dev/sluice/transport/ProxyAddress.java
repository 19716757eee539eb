package dev.sluice.transport;

import java.net.InetSocketAddress;

import dev.sluice.transport.TransportSettings.EgressProxy;
import io.netty.channel.EventLoop;
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.Future;
import reactor.core.publisher.Mono;
import reactor.netty.http.HttpResources;
import reactor.netty.resources.LoopResources;

/**
 * Resolves a proxy's name before the connection is made, because Netty's proxy handler
 * would do it blocking.
 */
final class ProxyAddress {

	private ProxyAddress() {
	}

	/**
	 * Resolves a proxy's name anew for each subscriber; remembering is the resolver's
	 * job.
	 * @param proxy the proxy
	 * @param names the resolver
	 * @return the address; {@link ProxyConnectException} if there is none
	 */
	static Mono<InetSocketAddress> of(EgressProxy proxy, AddressResolverGroup<InetSocketAddress> names) {
		return Mono.<InetSocketAddress>create((sink) -> {
			EventLoop loop = HttpResources.get().onClient(LoopResources.DEFAULT_NATIVE).next();
			InetSocketAddress address = InetSocketAddress.createUnresolved(proxy.host(), proxy.port());
			names.getResolver(loop).resolve(address).addListener((Future<InetSocketAddress> found) -> {
				if (found.isSuccess()) {
					sink.success(found.getNow());
				}
				else {
					sink.error(new ProxyConnectException("its name doesn't resolve", found.cause()));
				}
			});
		});
	}

}
