/**
 * Google: who we are there, by application default credentials, and the access tokens
 * that Artifact Registry and Container Registry take for a password.
 */
@NullMarked
package dev.sluice.credential.cloud.google;

import org.jspecify.annotations.NullMarked;
