package dev.sluice.testing;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

import dev.sluice.transport.Network;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;

/** Takes every name for this machine's. Thread-safe. */
public final class LoopbackNames extends AddressResolverGroup<InetSocketAddress> {

	/** A network in which every name is this machine's, without an egress proxy. */
	public static Network network() {
		return new Network(new LoopbackNames(), Map.of(), "sluice/test");
	}

	@Override
	protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
		return new InetNameResolver(executor) {

			@Override
			protected void doResolve(String name, Promise<InetAddress> promise) {
				promise.setSuccess(InetAddress.getLoopbackAddress());
			}

			@Override
			protected void doResolveAll(String name, Promise<List<InetAddress>> promise) {
				promise.setSuccess(List.of(InetAddress.getLoopbackAddress()));
			}

		}.asAddressResolver();
	}

}
