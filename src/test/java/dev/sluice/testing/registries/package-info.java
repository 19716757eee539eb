/**
 * The registries of the field, each with its own way to challenge, to issue tokens, to
 * redirect and to refuse. What is said of them is from their documentation and code as
 * far as these could be read; <em>(T)</em> marks what only third parties report,
 * <em>(B)</em> what nothing at hand proves. There the test must hold either way, so the
 * stricter or stranger behaviour is taken.
 *
 * <p>
 * Starting points: {@link dev.sluice.testing.registries.Personality},
 * {@link dev.sluice.testing.registries.Personalities},
 * {@link dev.sluice.testing.registries.PersonalRegistry}.
 */
@NullMarked
package dev.sluice.testing.registries;

import org.jspecify.annotations.NullMarked;
