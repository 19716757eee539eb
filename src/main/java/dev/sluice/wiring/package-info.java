/**
 * Who knows whom? The only place that knows every room: makes what the settings say, and
 * connects it.
 * <p>
 * Start at {@link SluiceConfiguration}, then at the configuration of a room:
 * {@link UpstreamConfiguration}, {@link CredentialConfiguration},
 * {@link ServingConfiguration}, {@link ObservingConfiguration},
 * {@link DiagnosisConfiguration}. {@link UpstreamSettings} makes upstreams of properties,
 * {@link ServerTuning} bounds what clients may cost, {@link StartReport} says what was
 * started.
 */
@NullMarked
package dev.sluice.wiring;

import org.jspecify.annotations.NullMarked;
