/** Tests of the Docker config source. */
@NullMarked
package dev.sluice.credential.dockerconfig;

import org.jspecify.annotations.NullMarked;
