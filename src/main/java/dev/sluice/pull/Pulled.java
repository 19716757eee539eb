package dev.sluice.pull;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

import dev.sluice.oci.ContentRange;
import dev.sluice.oci.Digest;
import dev.sluice.oci.HeldBytes;
import dev.sluice.oci.RedirectKind;

/**
 * What a client gets. Whoever holds it subscribes to the body once or releases it;
 * releasing in any case is right. Thread-safe.
 */
public sealed interface Pulled {

	/**
	 * How long it is.
	 * @return the body's length in bytes, also where only a description was asked for;
	 * empty if the upstream doesn't say
	 */
	OptionalLong length();

	/**
	 * Which content it is, of which a client may say that it has it already.
	 * @return the content's digest; empty where no single content is handed on
	 */
	default Optional<Digest> content() {
		return Optional.empty();
	}

	/**
	 * What the upstream says beside it.
	 * @return the notes
	 */
	default Notes notes() {
		return Notes.NONE;
	}

	/**
	 * Where the bytes come from, or would where only a description was asked for.
	 * @return the origin
	 */
	default Origin origin() {
		return Origin.NONE;
	}

	/**
	 * The bytes.
	 * @return the body, {@link Body.None} where only a description was asked for
	 */
	Body body();

	/** Lets go of the body. */
	default void release() {
		body().release();
	}

	/**
	 * A blob, or a part of one.
	 *
	 * @param digest the blob's digest
	 * @param length the length of what is handed on: of the part, or of all
	 * @param part the part that it is; empty for all of it
	 * @param notes what the upstream says beside it
	 * @param origin where the bytes come from
	 * @param body the bytes
	 */
	record Blob(Digest digest, OptionalLong length, Optional<ContentRange.Part> part, Notes notes, Origin origin,
			Body body) implements Pulled {

		/**
		 * A blob as its upstream gives it.
		 * @param digest the blob's digest
		 * @param length the length of what is handed on
		 * @param part the part that it is; empty for all of it
		 * @param notes what the upstream says beside it
		 * @param body the bytes
		 */
		public Blob(Digest digest, OptionalLong length, Optional<ContentRange.Part> part, Notes notes, Body body) {
			this(digest, length, part, notes, Origin.UPSTREAM, body);
		}

		@Override
		public Optional<Digest> content() {
			return Optional.of(this.digest);
		}

	}

	/**
	 * A manifest or an index.
	 *
	 * @param digest its digest
	 * @param mediaType its type, without parameters and never one of active content
	 * @param size its length in bytes
	 * @param notes what the upstream says beside it
	 * @param body the bytes
	 */
	record Manifest(Digest digest, String mediaType, long size, Notes notes, Body.Buffered body) implements Pulled {

		@Override
		public Origin origin() {
			return Origin.UPSTREAM;
		}

		static Manifest of(HeldManifest manifest, Notes notes) {
			return new Manifest(manifest.digest(), manifest.mediaType(), manifest.content().length(), notes,
					new Body.Held(manifest.content()));
		}

		@Override
		public OptionalLong length() {
			return OptionalLong.of(this.size);
		}

		@Override
		public Optional<Digest> content() {
			return Optional.of(this.digest);
		}

		Manifest withoutBody() {
			release();
			return new Manifest(this.digest, this.mediaType, this.size, this.notes, new Body.None());
		}

	}

	/**
	 * A page of a list: of tags, repositories or referrers.
	 *
	 * @param mediaType its type
	 * @param length as {@link Pulled#length()}
	 * @param notes what the upstream says beside it
	 * @param body the bytes
	 */
	record Listing(String mediaType, OptionalLong length, Notes notes, Body body) implements Pulled {

		@Override
		public Origin origin() {
			return Origin.UPSTREAM;
		}

		Listing withoutBody() {
			release();
			return new Listing(this.mediaType, this.length, this.notes, new Body.None());
		}

	}

	/**
	 * A blob that is to be had elsewhere, where an upstream's redirects are passed on.
	 *
	 * @param digest the blob's digest
	 * @param kind how it leads there
	 * @param location whereto, an absolute URL
	 * @param notes what the upstream says beside it
	 */
	record Elsewhere(Digest digest, RedirectKind kind, String location, Notes notes) implements Pulled {

		@Override
		public OptionalLong length() {
			return OptionalLong.of(0);
		}

		@Override
		public Body body() {
			return new Body.None();
		}

	}

	/**
	 * An answer of Sluice's own.
	 *
	 * @param mediaType its type
	 * @param body the bytes
	 */
	record Local(String mediaType, Body.Held body) implements Pulled {

		/**
		 * Answers with a text.
		 * @param mediaType its type
		 * @param text the text
		 */
		public Local(String mediaType, String text) {
			this(mediaType, new Body.Held(HeldBytes.of(text.getBytes(StandardCharsets.UTF_8))));
		}

		@Override
		public OptionalLong length() {
			return OptionalLong.of(this.body.bytes().length());
		}

	}

}
