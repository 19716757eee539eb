package dev.sluice;

import java.util.Optional;

import dev.sluice.credential.CredentialChangeListener;
import dev.sluice.credential.environment.RegistryVariables;
import dev.sluice.credential.given.GivenCredentials;
import dev.sluice.credential.given.UnusablePartException;

/**
 * The credentials that are given part by part, closed with the context.
 *
 * @param environment those in environment variables
 */
record GivenSources(Optional<GivenCredentials> environment) implements AutoCloseable {

	/**
	 * Reads them.
	 * @param environment the environment variables
	 * @param listener told of credentials whose files changed
	 * @return what there is
	 * @throws InvalidSettingException if a part is missing or can't be read
	 */
	static GivenSources read(ProcessEnvironment environment, CredentialChangeListener listener) {
		try {
			return new GivenSources(RegistryVariables.read(environment.variables(), listener));
		}
		catch (UnusablePartException ex) {
			throw new InvalidSettingException(ex);
		}
	}

	@Override
	public void close() {
		this.environment.ifPresent(GivenCredentials::close);
	}

}
