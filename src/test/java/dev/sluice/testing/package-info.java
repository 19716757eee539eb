/**
 * In-process registries, token servers and blob hosts that are as strict as the real
 * ones, and misbehave on request. Independent of the code under test.
 *
 * <p>
 * Starting points: {@link dev.sluice.testing.TestRegistry},
 * {@link dev.sluice.testing.TokenServer}, {@link dev.sluice.testing.BlobHost},
 * {@link dev.sluice.testing.TestImage}, {@link dev.sluice.testing.Misbehaviour}.
 */
@NullMarked
package dev.sluice.testing;

import org.jspecify.annotations.NullMarked;
