package dev.sluice.credential.cloud.azure;

import dev.sluice.credential.Secret;

/**
 * An access token of Entra ID.
 *
 * @param kind whose it is, in words
 * @param value the token
 */
record AzureToken(String kind, Secret value) {
}
