package dev.sluice.upstream;

/**
 * Where an answer came from, for the log. Immutable; holds no secret.
 *
 * @param endpoint the endpoint asked
 * @param credential the credential's source in words
 */
public record Provenance(String endpoint, String credential) {

}
