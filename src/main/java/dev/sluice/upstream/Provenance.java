package dev.sluice.upstream;

import dev.sluice.transport.Origin;

/**
 * Where an answer came from, for the log. Immutable; holds no secret.
 *
 * @param endpoint the endpoint asked
 * @param credential the credential's source in words
 */
public record Provenance(Origin endpoint, String credential) {

}
