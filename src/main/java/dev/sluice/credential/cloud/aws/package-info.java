/**
 * Amazon: who we are there, and the passwords that ECR and ECR Public give for it.
 * <p>
 * Start at {@link EcrIdentity} and {@link EcrPublicIdentity} for the passwords, at
 * {@link AwsIdentities} for who we are.
 */
@NullMarked
package dev.sluice.credential.cloud.aws;

import org.jspecify.annotations.NullMarked;
