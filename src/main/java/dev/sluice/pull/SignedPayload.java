package dev.sluice.pull;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.sluice.json.FieldPaths;
import dev.sluice.json.JsonFields;
import dev.sluice.oci.Digest;
import dev.sluice.oci.HeldBytes;

/**
 * What the signatures of a Docker schema 1 manifest cover, and its digest with it: the
 * text up to where they begin, and the end that stood there before. Each signature's
 * protected header (RFC 7515, 4) says both, as {@code formatLength} and
 * {@code formatTail}. Immutable; the text is the manifest's own.
 *
 * @param text what is covered of the manifest
 * @param tail what follows that
 */
record SignedPayload(List<ByteBuffer> text, ByteBuffer tail) {

	private static final FieldPaths FORMAT = FieldPaths.of("formatLength", "formatTail");

	/** A manifest's end is a brace and a line end or two. */
	private static final int LONGEST_TAIL = 1024;

	/**
	 * Finds the payload.
	 * @param content the manifest
	 * @param fields its own words
	 * @return the payload, or empty where the manifest isn't signed, or not well
	 */
	static Optional<SignedPayload> of(HeldBytes content, JsonFields fields) {
		if (!ManifestType.isSchema1(fields)) {
			return Optional.empty();
		}
		return fields.text("signatures[0].protected")
			.flatMap(SignedPayload::decoded)
			.map((header) -> JsonFields.read(header, FORMAT))
			.flatMap((format) -> read(content, format));
	}

	private static Optional<SignedPayload> read(HeldBytes content, JsonFields format) {
		Optional<Integer> length = format.text("formatLength")
			.filter((text) -> text.length() < 10 && text.chars().allMatch((c) -> c >= '0' && c <= '9'))
			.map(Integer::valueOf)
			.filter((number) -> number <= content.length());
		Optional<byte[]> tail = format.text("formatTail")
			.flatMap(SignedPayload::decoded)
			.filter((bytes) -> bytes.length <= LONGEST_TAIL);
		return length
			.flatMap((number) -> tail.map((bytes) -> new SignedPayload(content.first(number), ByteBuffer.wrap(bytes))));
	}

	private static Optional<byte[]> decoded(String base64url) {
		try {
			return Optional.of(Base64.getUrlDecoder().decode(base64url));
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	/**
	 * The payload's digest.
	 * @param algorithm how
	 * @return the digest
	 */
	Digest digest(Digest.Algorithm algorithm) {
		return Digest.of(algorithm,
				Stream.concat(this.text.stream(), Stream.of(this.tail)).map(ByteBuffer::duplicate).toList());
	}

}
