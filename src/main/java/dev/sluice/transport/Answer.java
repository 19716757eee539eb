package dev.sluice.transport;

import java.util.Optional;

import dev.sluice.oci.HeldBytes;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * An upstream's answer: status and headers are here, the body is still on its way.
 * Whoever holds it must either subscribe to {@link #body()} once or call
 * {@link #release()}; calling {@code release} in any case, after whatever happened, is
 * right and cheap. One that nobody touches for the idle time-out is closed. Operators
 * that drop an answer when they are cancelled need
 * {@code doOnDiscard(Answer.class, Answer::release)}. Thread-safe.
 */
public interface Answer {

	int status();

	HttpHeaders headers();

	/**
	 * How far away the address is that answered. Behind an egress proxy, that of an
	 * address literal; {@link Reach#PUBLIC} for a name.
	 * @return the reach of the connection's remote address
	 */
	Reach reach();

	/**
	 * Whom the connection leads to. To be asked before the body is touched: later the
	 * connection may be another's.
	 * @return the peer, or empty without TLS
	 */
	default Optional<TlsPeer> tls() {
		return Optional.empty();
	}

	/**
	 * The body as it arrives, with backpressure; each buffer is the subscriber's to
	 * release. Cancelling closes the connection. Errors are
	 * {@link dev.sluice.oci.RegistryException}s, also when it ends short of its
	 * {@code Content-Length}.
	 * @return the body, to be subscribed to once
	 */
	Flux<ByteBuf> body();

	/**
	 * The whole body in memory, counted until it is released. One that dribbles for twice
	 * the idle time-out is {@link dev.sluice.oci.UpstreamException.UpstreamTimedOut}; one
	 * for which {@link HeldMemory} has no room is
	 * {@link dev.sluice.oci.OverloadException.MemoryExhausted}.
	 * @param limit bytes at most; one more is
	 * {@link dev.sluice.oci.UpstreamException.InvalidAnswer} and closes the connection
	 * @return the body, also one without a byte, for the subscriber to release
	 */
	Mono<HeldBytes> held(int limit);

	/**
	 * The whole body for whoever reads it at once and lets go of it.
	 * @param limit as {@link #held}
	 * @return the bytes, perhaps none; they count no more
	 */
	default Mono<byte[]> bytes(int limit) {
		return held(limit).map((body) -> {
			body.release();
			return body.toByteArray();
		});
	}

	/**
	 * Lets go of the connection: an empty or small body still to come is read and thrown
	 * away so that the connection can be used again, otherwise it is closed. Does nothing
	 * once the body was subscribed to: then the subscriber cancels.
	 */
	void release();

	default Optional<String> header(CharSequence name) {
		@Nullable String value = headers().get(name);
		return Optional.ofNullable(value);
	}

}
