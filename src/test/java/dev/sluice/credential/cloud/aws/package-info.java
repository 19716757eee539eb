@NullMarked
package dev.sluice.credential.cloud.aws;

import org.jspecify.annotations.NullMarked;
