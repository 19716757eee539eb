package dev.sluice.credential.cloud.aws;

import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Who we are at AWS. Printing it shows no secret.
 *
 * @param kind where that is from, in words
 * @param credentials what requests are signed with
 */
record AwsIdentity(String kind, AwsCredentialsIdentity credentials) {

	@Override
	public String toString() {
		return "AwsIdentity[" + this.kind + "]";
	}

}
