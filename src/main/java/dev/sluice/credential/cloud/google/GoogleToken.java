package dev.sluice.credential.cloud.google;

import java.time.Instant;

import dev.sluice.credential.Secret;

/**
 * An access token.
 *
 * @param value the token
 * @param end when it expires
 */
record GoogleToken(Secret value, Instant end) {
}
