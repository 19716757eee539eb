package dev.sluice.wiring;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.sluice.credential.CredentialChangeListener;
import dev.sluice.credential.environment.RegistryVariables;
import dev.sluice.credential.given.GivenCredentials;
import dev.sluice.credential.given.GivenLogin;
import dev.sluice.credential.given.UnusablePartException;
import dev.sluice.oci.RegistryName;
import dev.sluice.settings.InvalidSettingException;
import dev.sluice.settings.ProcessEnvironment;
import dev.sluice.settings.UpstreamProperties;

/**
 * The credentials that are given part by part, closed with the context.
 *
 * @param environment those in environment variables
 * @param upstreams those in the settings of upstreams, each for that upstream alone
 */
record GivenSources(Optional<GivenCredentials> environment,
		Map<RegistryName, GivenCredentials> upstreams) implements AutoCloseable {

	/**
	 * Reads them.
	 * @param environment the environment variables
	 * @param upstreams the settings of upstreams
	 * @param listener told of credentials whose files changed
	 * @return what there is
	 * @throws InvalidSettingException if a part is missing or can't be read
	 */
	static GivenSources read(ProcessEnvironment environment, List<UpstreamProperties> upstreams,
			CredentialChangeListener listener) {
		try {
			return new GivenSources(RegistryVariables.read(environment.variables(), listener),
					ofUpstreams(upstreams, listener));
		}
		catch (UnusablePartException ex) {
			throw new InvalidSettingException(ex);
		}
	}

	private static Map<RegistryName, GivenCredentials> ofUpstreams(List<UpstreamProperties> upstreams,
			CredentialChangeListener listener) {
		Map<RegistryName, GivenCredentials> sources = new HashMap<>();
		for (int index = 0; index < upstreams.size(); index++) {
			String property = "sluice.upstreams[" + index + "]";
			UpstreamProperties upstream = upstreams.get(index);
			if (upstream.credential() != null) {
				GivenLogin login = UpstreamCredential.read(property + ".credential", upstream.credential());
				RegistryName name = InvalidSettingException.read(property + ".name", upstream.name(),
						RegistryName::parse);
				sources.put(name, new GivenCredentials(login.source(), List.of(login), listener));
			}
		}
		return sources;
	}

	@Override
	public void close() {
		this.environment.ifPresent(GivenCredentials::close);
		this.upstreams.values().forEach(GivenCredentials::close);
	}

}
