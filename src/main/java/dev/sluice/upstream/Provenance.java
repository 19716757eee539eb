package dev.sluice.upstream;

import java.util.function.Consumer;

import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * Where an answer comes from, for the log. Immutable; holds no secret.
 *
 * @param endpoint the endpoint asked
 * @param credential the credential's source in words
 */
public record Provenance(String endpoint, String credential) {

	/**
	 * Has a listener told as soon as it is known who is asked and as whom, whatever
	 * becomes of it.
	 * @param context the context of a subscriber to {@link UpstreamClient#fetch}
	 * @param listener whom to tell; must not block
	 * @return the context to subscribe with
	 */
	public static Context tell(Context context, Consumer<Provenance> listener) {
		return context.put(Provenance.class, listener);
	}

	/** Tells the subscriber's listener, if it has one, then goes on. */
	<T> Mono<T> announceTo(Mono<T> next) {
		return Mono.deferContextual((context) -> {
			context.<Consumer<Provenance>>getOrEmpty(Provenance.class).ifPresent((listener) -> listener.accept(this));
			return next;
		});
	}

}
