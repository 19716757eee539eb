package dev.sluice.credential.cloud.aws;

import dev.sluice.credential.cloud.CloudText;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/**
 * Who we are at AWS. Printing it shows no secret.
 *
 * @param kind where that is from, in words
 * @param credentials what requests are signed with
 */
record AwsIdentity(String kind, AwsCredentialsIdentity credentials) {

	AwsIdentity {
		CloudText.line("the access key id of the " + kind, credentials.accessKeyId());
		if (credentials instanceof AwsSessionCredentialsIdentity session) {
			CloudText.line("the session token of the " + kind, session.sessionToken());
		}
	}

	@Override
	public String toString() {
		return "AwsIdentity[" + this.kind + "]";
	}

}
