package dev.sluice.credential;

import reactor.core.publisher.Mono;

/**
 * A login that may do. Immutable.
 *
 * @param depth how many components of the repository's name its match covers; zero for
 * one that covers the whole registry
 * @param login looks it up: empty if there is none after all, which is no error; its
 * error is a {@link dev.sluice.oci.RegistryException} that says what is wrong
 */
public record Candidate(int depth, Mono<Login> login) {
}
