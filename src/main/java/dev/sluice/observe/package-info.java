/**
 * Meters, health and redaction, as listeners of the other rooms.
 * <p>
 * Start at {@link Meters} for what is counted and timed, at {@link UpstreamsHealth} and
 * {@link CredentialsHealth} for what makes health {@code DEGRADED}. {@link UrlLogFilter}
 * and {@link SecretSettings} keep secrets from the log and from management;
 * {@link HeapExhaustion} ends a process without memory.
 */
@NullMarked
package dev.sluice.observe;

import org.jspecify.annotations.NullMarked;
