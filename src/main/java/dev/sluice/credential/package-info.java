/**
 * Who are we there? Sources of credentials, and what they yield.
 * <p>
 * Start at {@link CredentialSource}, of which each subpackage has one or a few, and at
 * {@link CredentialChain}, which asks them in order. A wrong password is paused by
 * {@link Quarantine}, for as long as {@link Pauses} says: 15 s at first, ten minutes at
 * most. {@link CredentialText} refuses what can't be sent.
 */
@NullMarked
package dev.sluice.credential;

import org.jspecify.annotations.NullMarked;
