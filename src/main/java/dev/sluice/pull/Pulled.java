package dev.sluice.pull;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

import dev.sluice.oci.Digest;
import dev.sluice.upstream.Provenance;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import reactor.core.publisher.Flux;
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
 * @param headers further headers for the client, from an allow-list
 * @param body the bytes as they arrive; each buffer is the subscriber's to release
 * @param releasing lets go of what is held upstream
 */
public record Pulled(int status, String mediaType, OptionalLong length, Optional<Digest> digest,
		Map<String, String> headers, Flux<ByteBuf> body, Runnable releasing) {

	public Pulled {
		headers = Map.copyOf(headers);
	}

	static Pulled of(byte[] content, String mediaType, Digest digest, Map<String, String> headers) {
		return new Pulled(200, mediaType, OptionalLong.of(content.length), Optional.of(digest), headers,
				Flux.defer(() -> Flux.just(Unpooled.wrappedBuffer(content))), () -> {
				});
	}

	/**
	 * An answer of Sluice's own.
	 * @param text the body
	 * @param mediaType its type
	 * @return what the client gets
	 */
	public static Pulled local(String text, String mediaType) {
		byte[] content = text.getBytes(StandardCharsets.UTF_8);
		return new Pulled(200, mediaType, OptionalLong.of(content.length), Optional.empty(), Map.of(),
				Flux.defer(() -> Flux.just(Unpooled.wrappedBuffer(content))), () -> {
				});
	}

	Pulled withoutBody() {
		return new Pulled(this.status, this.mediaType, this.length, this.digest, this.headers, Flux.empty(),
				this.releasing);
	}

	public void release() {
		this.releasing.run();
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
