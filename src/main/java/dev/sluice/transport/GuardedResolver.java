package dev.sluice.transport;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.function.Function;

import io.netty.resolver.AddressResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;

/**
 * Resolves names for one event loop and shows the addresses to the {@link AddressGuard}.
 * No address counts as resolved before the guard has seen it.
 */
final class GuardedResolver implements AddressResolver<InetSocketAddress> {

	private final EventExecutor executor;

	private final AddressResolver<InetSocketAddress> names;

	private final AddressGuard guard;

	GuardedResolver(EventExecutor executor, AddressResolver<InetSocketAddress> names, AddressGuard guard) {
		this.executor = executor;
		this.names = names;
		this.guard = guard;
	}

	@Override
	public boolean isSupported(SocketAddress address) {
		return address instanceof InetSocketAddress;
	}

	@Override
	public boolean isResolved(SocketAddress address) {
		return false;
	}

	@Override
	public Future<InetSocketAddress> resolve(SocketAddress address) {
		return resolve(address, this.executor.newPromise());
	}

	@Override
	public Future<InetSocketAddress> resolve(SocketAddress address, Promise<InetSocketAddress> promise) {
		return look(address, promise, List::getFirst);
	}

	@Override
	public Future<List<InetSocketAddress>> resolveAll(SocketAddress address) {
		return resolveAll(address, this.executor.newPromise());
	}

	@Override
	public Future<List<InetSocketAddress>> resolveAll(SocketAddress address, Promise<List<InetSocketAddress>> promise) {
		return look(address, promise, Function.identity());
	}

	/** The names' resolver belongs to whoever made it. */
	@Override
	public void close() {
	}

	private <T> Future<T> look(SocketAddress address, Promise<T> promise, Function<List<InetSocketAddress>, T> pick) {
		if (!(address instanceof InetSocketAddress target)) {
			return promise.setFailure(new IllegalArgumentException("not an internet address"));
		}
		if (!target.isUnresolved()) {
			return admit(target, List.of(target), promise, pick);
		}
		this.names.resolveAll(target).addListener((Future<List<InetSocketAddress>> found) -> {
			if (found.isSuccess()) {
				admit(target, found.getNow(), promise, pick);
			}
			else {
				promise.setFailure(found.cause());
			}
		});
		return promise;
	}

	private <T> Promise<T> admit(InetSocketAddress target, List<InetSocketAddress> found, Promise<T> promise,
			Function<List<InetSocketAddress>, T> pick) {
		try {
			return promise.setSuccess(pick.apply(this.guard.admitted(target.getHostString(), found)));
		}
		catch (RuntimeException ex) {
			return promise.setFailure(ex);
		}
	}

}
