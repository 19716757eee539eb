@NullMarked
package dev.sluice.credential.kubernetes;

import org.jspecify.annotations.NullMarked;
