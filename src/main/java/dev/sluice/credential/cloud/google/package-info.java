/**
 * Google: who we are there, by application default credentials, and the access tokens
 * that Artifact Registry and Container Registry take for a password.
 * <p>
 * Start at {@link GoogleIdentity}; {@link CredentialFile} and {@link MetadataServer} are
 * where tokens come from.
 */
@NullMarked
package dev.sluice.credential.cloud.google;

import org.jspecify.annotations.NullMarked;
