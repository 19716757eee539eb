package dev.sluice.wiring;

import java.time.Duration;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import reactor.core.publisher.Mono;
import reactor.netty.http.HttpResources;
import reactor.netty.resources.LoopResources;

/**
 * The event loops of both ports: one that does nothing but accept, for a loop that also
 * serves accepts late while it is busy; and to serve, those on which connections to
 * upstreams live too, so that a pull's bytes never change threads. Thread-safe.
 */
class ServerLoops implements LoopResources {

	private static final Duration PATIENCE = Duration.ofSeconds(1);

	private final LoopResources accepting = LoopResources.create("sluice-accept", 1, true);

	@Override
	public EventLoopGroup onServerSelect(boolean useNative) {
		return this.accepting.onServer(useNative);
	}

	@Override
	public EventLoopGroup onServer(boolean useNative) {
		return HttpResources.get().onServer(useNative);
	}

	@Override
	public EventLoopGroup onClient(boolean useNative) {
		return HttpResources.get().onClient(useNative);
	}

	@Override
	public <C extends Channel> C onChannel(Class<C> type, EventLoopGroup group) {
		return HttpResources.get().onChannel(type, group);
	}

	@Override
	public <C extends Channel> Class<? extends C> onChannelClass(Class<C> type, EventLoopGroup group) {
		return HttpResources.get().onChannelClass(type, group);
	}

	@Override
	public boolean daemon() {
		return true;
	}

	/** Ends the accepting loop; the others aren't ours. */
	@Override
	public Mono<Void> disposeLater(Duration quietPeriod, Duration timeout) {
		return this.accepting.disposeLater(quietPeriod, timeout);
	}

	/** Both ports are closed by then. */
	@Override
	public void dispose() {
		disposeLater(Duration.ZERO, PATIENCE).subscribe();
	}

}
