package dev.sluice.pull;

import java.util.Optional;
import java.util.function.Supplier;

import dev.sluice.json.JsonFields;
import dev.sluice.oci.Digest;
import dev.sluice.oci.HeldBytes;
import dev.sluice.oci.Reference;

/**
 * A manifest held in memory, with the type and the digest that it is handed on with.
 * Immutable.
 *
 * @param content its bytes as they came, for whoever has the manifest to release
 * @param mediaType its type
 * @param digest its digest
 */
record HeldManifest(HeldBytes content, String mediaType, Digest digest) {

	/**
	 * Looks at what an upstream sent.
	 * @param content the bytes
	 * @param contentType its type, as the upstream says it
	 * @param announced its digest, as the upstream says it
	 * @param reference what was asked for
	 * @return the manifest
	 * @throws Refused if it is none, or another one than was asked for or announced
	 */
	static HeldManifest of(HeldBytes content, Optional<String> contentType, Optional<Digest> announced,
			Reference reference) {
		Supplier<JsonFields> fields = () -> JsonFields.read(content.stream(), ManifestType.FIELDS);
		if (ManifestType.isPage(contentType) && !fields.get().isObject()) {
			throw new Refused("an HTML page: is there a login page or a proxy in the way?");
		}
		if (ManifestType.announced(contentType).isEmpty() && ManifestType.isError(fields.get())) {
			throw new Refused("an error in place of a manifest, though with the status of success");
		}
		String type = ManifestType.of(contentType, fields);
		Supplier<Optional<SignedPayload>> payload = () -> SignedPayload.of(content, fields.get());
		Digest expected = (reference instanceof Digest asked) ? asked
				: announced.orElseGet(() -> own(content, payload.get()));
		if (!isOf(expected, content, payload)) {
			throw new Refused("a manifest whose digest isn't " + expected + ": it was not passed on");
		}
		return new HeldManifest(content, type, expected);
	}

	private static Digest own(HeldBytes content, Optional<SignedPayload> payload) {
		return payload.map((signed) -> signed.digest(Digest.Algorithm.SHA256))
			.orElseGet(() -> plain(Digest.Algorithm.SHA256, content));
	}

	/** Registries that know nothing of signatures name even signed ones by all bytes. */
	private static boolean isOf(Digest digest, HeldBytes content, Supplier<Optional<SignedPayload>> payload) {
		return digest.equals(plain(digest.algorithm(), content))
				|| payload.get().filter((signed) -> digest.equals(signed.digest(digest.algorithm()))).isPresent();
	}

	private static Digest plain(Digest.Algorithm algorithm, HeldBytes content) {
		return Digest.of(algorithm, content.first(content.length()));
	}

	/** Not what was asked for, or not what it was said to be. */
	static final class Refused extends RuntimeException {

		Refused(String what) {
			super(what, null, false, false);
		}

	}

}
