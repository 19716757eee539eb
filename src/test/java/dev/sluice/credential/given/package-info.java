@NullMarked
package dev.sluice.credential.given;

import org.jspecify.annotations.NullMarked;
