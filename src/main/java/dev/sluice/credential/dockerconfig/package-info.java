/**
 * Credentials of a Docker {@code config.json}, reloaded when the file changes.
 * <p>
 * Starting points: {@link dev.sluice.credential.dockerconfig.DockerConfigSource} for the
 * source as the rest of Sluice sees it,
 * {@link dev.sluice.credential.dockerconfig.DockerConfigParser} for what a file may hold,
 * {@link dev.sluice.credential.dockerconfig.ServerAddress} for the forms of a key.
 */
@NullMarked
package dev.sluice.credential.dockerconfig;

import org.jspecify.annotations.NullMarked;
