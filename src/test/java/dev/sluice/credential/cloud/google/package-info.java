@NullMarked
package dev.sluice.credential.cloud.google;

import org.jspecify.annotations.NullMarked;
