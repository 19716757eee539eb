/**
 * Credentials given part by part: a user name, a password, a token, each as a text or as
 * a file that is read again when it changes.
 * <p>
 * Start at {@link GivenCredentials}.
 */
@NullMarked
package dev.sluice.credential.given;

import org.jspecify.annotations.NullMarked;
