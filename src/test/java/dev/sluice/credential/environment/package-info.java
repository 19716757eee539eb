@NullMarked
package dev.sluice.credential.environment;

import org.jspecify.annotations.NullMarked;
