/**
 * Credential helpers: the programs named {@code docker-credential-…} that keep logins for
 * Docker.
 * <p>
 * Starting points: {@link dev.sluice.credential.helper.CredentialHelpers} for asking one,
 * {@link dev.sluice.credential.helper.HelperRun} for how it is run,
 * {@link dev.sluice.credential.helper.AnswerReader} for what its answer means.
 */
@NullMarked
package dev.sluice.credential.helper;

import org.jspecify.annotations.NullMarked;
