@NullMarked
package dev.sluice.credential.cloud.azure;

import org.jspecify.annotations.NullMarked;
