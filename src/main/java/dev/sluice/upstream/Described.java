package dev.sluice.upstream;

import java.util.Optional;
import java.util.OptionalLong;

import dev.sluice.oci.ContentRange;
import dev.sluice.oci.Digest;

/**
 * What an answer says of its content, be it a GET's, a HEAD's or that of a GET that
 * stands in for a HEAD. Nothing is verified but that the part is the one asked for.
 * Immutable.
 *
 * @param digest the content's digest; empty if it isn't told, or isn't one
 * @param mediaType its type as it came, parameters included
 * @param length how many bytes it has, or the part; empty if that isn't told
 * @param part the part that it is, where one was asked for and came
 */
public record Described(Optional<Digest> digest, Optional<String> mediaType, OptionalLong length,
		Optional<ContentRange.Part> part) {
}
