package dev.sluice.credential.dockerconfig;

import java.time.InstantSource;

import dev.sluice.credential.helper.CredentialHelpers;

/** A machine on which no credential helper is installed. */
final class NoHelpers {

	static final CredentialHelpers HERE = new CredentialHelpers("", CredentialHelpers.TIMEOUT, InstantSource.system(),
			(dropped) -> {
			});

	private NoHelpers() {
	}

}
