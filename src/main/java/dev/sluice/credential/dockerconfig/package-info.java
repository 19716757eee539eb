/**
 * Credentials of a Docker {@code config.json}, reloaded when the file changes.
 */
@NullMarked
package dev.sluice.credential.dockerconfig;

import org.jspecify.annotations.NullMarked;
