@NullMarked
package dev.sluice.credential.cloud;

import org.jspecify.annotations.NullMarked;
