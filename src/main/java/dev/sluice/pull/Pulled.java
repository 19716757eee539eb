package dev.sluice.pull;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

import dev.sluice.oci.Digest;
import dev.sluice.oci.HeldBytes;
import dev.sluice.upstream.Provenance;
import reactor.util.context.Context;

/**
 * What a client gets. Whoever holds it subscribes to the body once or releases it;
 * releasing in any case is right. Thread-safe.
 *
 * @param status 200, 206, or a redirect's
 * @param mediaType the body's type
 * @param length the body's length in bytes, also where there is no body (HEAD); empty if
 * the upstream doesn't say
 * @param digest the content's digest, where it is one content
 * @param headers further headers for the client, of Sluice's own making
 * @param notes what the upstream says beside it
 * @param body the bytes
 */
public record Pulled(int status, String mediaType, OptionalLong length, Optional<Digest> digest,
		Map<String, String> headers, Notes notes, Body body) {

	public Pulled {
		headers = Map.copyOf(headers);
	}

	static Pulled of(HeldManifest manifest, Notes notes) {
		return held(manifest.content(), manifest.mediaType(), Optional.of(manifest.digest()), notes);
	}

	static Pulled held(HeldBytes content, String mediaType, Optional<Digest> digest, Notes notes) {
		return new Pulled(200, mediaType, OptionalLong.of(content.length()), digest, Map.of(), notes,
				new Body.Held(content));
	}

	/**
	 * An answer of Sluice's own.
	 * @param text the body
	 * @param mediaType its type
	 * @return what the client gets
	 */
	public static Pulled local(String text, String mediaType) {
		return held(HeldBytes.of(text.getBytes(StandardCharsets.UTF_8)), mediaType, Optional.empty(), Notes.NONE);
	}

	Pulled withoutBody() {
		release();
		return new Pulled(this.status, this.mediaType, this.length, this.digest, this.headers, this.notes,
				new Body.None());
	}

	public void release() {
		this.body.release();
	}

	/**
	 * Where an answer came from. Holds no secret.
	 *
	 * @param endpoint the upstream's endpoint
	 * @param credential in words, the source of the credential that was shown, or that
	 * none was
	 */
	public record Via(String endpoint, String credential) {

		/** No upstream was asked. */
		public static final Via NOWHERE = new Via("", "");

		/**
		 * Has a listener told as soon as it is known where a pull asks, whatever becomes
		 * of it.
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

}
