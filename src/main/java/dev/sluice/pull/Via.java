package dev.sluice.pull;

import java.util.function.Consumer;

import dev.sluice.upstream.Provenance;
import reactor.util.context.Context;

/**
 * Where an answer came from. Immutable; holds no secret.
 *
 * @param endpoint the upstream's endpoint
 * @param credential in words, the source of the credential that was shown, or that none
 * was
 */
public record Via(String endpoint, String credential) {

	/** No upstream was asked. */
	public static final Via NOWHERE = new Via("", "");

	/**
	 * Has a listener told as soon as it is known where a pull asks, whatever becomes of
	 * it.
	 * @param context the context of a subscriber to a pull
	 * @param listener whom to tell; must not block
	 * @return the context to subscribe with
	 */
	public static Context tell(Context context, Consumer<Via> listener) {
		return Provenance.tell(context, (from) -> listener.accept(of(from)));
	}

	private static Via of(Provenance provenance) {
		return new Via(provenance.endpoint(), provenance.inWords());
	}

}
