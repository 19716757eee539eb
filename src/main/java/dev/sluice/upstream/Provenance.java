package dev.sluice.upstream;

import java.util.function.Consumer;

import dev.sluice.credential.Login;
import dev.sluice.transport.Origin;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * Where an answer comes from, for the log. Immutable; holds no secret.
 *
 * @param endpoint the endpoint asked
 * @param credential the source, in words, of the credential that it is to be asked with
 * @param shown whether that was shown, as it is or for a token
 */
public record Provenance(String endpoint, String credential, boolean shown) {

	static Provenance of(Origin endpoint, Login login, boolean shown) {
		return new Provenance(endpoint.toString(), login.source(), shown || login.isAnonymous());
	}

	/**
	 * With whose credential it was really asked.
	 * @return the credential's source in words, or that none was shown
	 */
	public String inWords() {
		return this.shown ? this.credential : Login.ANONYMOUS.source() + " (" + this.credential + " wasn't asked for)";
	}

	/**
	 * Has a listener told as soon as it is known who is asked and as whom, and again when
	 * that changes, whatever becomes of it.
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
