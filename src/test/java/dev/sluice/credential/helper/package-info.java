@NullMarked
package dev.sluice.credential.helper;

import org.jspecify.annotations.NullMarked;
