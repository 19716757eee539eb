/**
 * Amazon: who we are there, and the passwords that ECR and ECR Public give for it.
 */
@NullMarked
package dev.sluice.credential.cloud.aws;

import org.jspecify.annotations.NullMarked;
