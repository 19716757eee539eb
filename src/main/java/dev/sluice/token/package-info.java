/**
 * Turns a challenge and a credential into an {@code Authorization}.
 * <p>
 * Start at {@link RememberingAuthorizer}: what to send before the registry asks, and
 * after. {@link TokenClient} asks a token server, {@link TokenCache} keeps and renews
 * what it gives, {@link ChallengeMemory} what registries asked for. The oddities of
 * refusals are known here too: {@link RegistryRefusal} (ECR says 400 where others say
 * 401) and {@link RegistryError} (in which words) for a registry's,
 * {@link TokenServerRefusal} for a token server's, {@link QuarantinedExchange} for login
 * pages in place of one. {@link SentSecrets} knows what nobody's words may repeat.
 */
@NullMarked
package dev.sluice.token;

import org.jspecify.annotations.NullMarked;
