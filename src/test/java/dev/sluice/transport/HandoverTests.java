package dev.sluice.transport;

import java.util.concurrent.atomic.AtomicBoolean;

import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.netty.Connection;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where an exchange is cancelled. What cancelling elsewhere loses shows too rarely for a
 * test, only when a thread rests between two steps of {@code retryWhen}'s cancelling.
 */
class HandoverTests {

	private final EmbeddedChannel channel = new EmbeddedChannel();

	private final Connection connection = Connection.from(this.channel);

	@Test
	void closesAConnectionThatIsFoundWhileTheExchangeIsBeingCancelled() {
		new Handover((receiver) -> Flux.never().doOnCancel(() -> receiver.runsOver(this.connection))).subscribe()
			.dispose();
		assertThat(this.channel.isOpen()).isFalse();
	}

	@Test
	void cancelsOnTheEventLoopOnceTheConnectionIsKnown() {
		AtomicBoolean cancelled = new AtomicBoolean();
		new Handover((receiver) -> {
			receiver.runsOver(this.connection);
			return Flux.never().doOnCancel(() -> cancelled.set(true));
		}).subscribe().dispose();
		assertThat(cancelled).isFalse();
		this.channel.runPendingTasks();
		assertThat(cancelled).isTrue();
	}

}
