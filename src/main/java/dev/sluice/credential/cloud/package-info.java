/**
 * Credentials that a cloud gives to who runs in it, without any stored secret. Starting
 * points: {@link dev.sluice.credential.cloud.CloudSource} keeps and renews them,
 * {@link dev.sluice.credential.cloud.CloudIdentity} is what each cloud implements.
 */
@NullMarked
package dev.sluice.credential.cloud;

import org.jspecify.annotations.NullMarked;
