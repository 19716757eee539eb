package dev.sluice.store.fill;

import java.util.OptionalLong;

import io.netty.buffer.ByteBuf;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Where a blob is to be had. Thread-safe.
 */
@FunctionalInterface
public interface Supply {

	/**
	 * Asks for a blob from one byte on, to its end.
	 * @param offset the byte
	 * @return the bytes from there on, or from an earlier one where nobody gives parts;
	 * its error is what a client is told that waits for them
	 */
	Mono<Portion> from(long offset);

	/**
	 * Who gives it.
	 * @return a name for messages
	 */
	default String upstream() {
		return "its upstream";
	}

	/**
	 * Bytes that arrive. Whoever has it subscribes to them once or releases it.
	 *
	 * @param offset where in the blob they begin
	 * @param total the length of the whole blob; empty if it isn't told
	 * @param bytes buffers, each the subscriber's to release; ends where the blob does,
	 * or with an error
	 * @param releasing lets go of the connection
	 */
	record Portion(long offset, OptionalLong total, Flux<ByteBuf> bytes, Runnable releasing) {

		void release() {
			this.releasing.run();
		}

	}

}
