package dev.sluice.credential;

import java.util.List;
import java.util.Set;

/**
 * Told when credentials went out of use, so that what was made from them can be dropped.
 * Thread-safe; must not block.
 */
@FunctionalInterface
public interface CredentialChangeListener {

	/**
	 * Tells several listeners.
	 * @param listeners whom to tell, in order
	 * @return one listener for all of them
	 */
	static CredentialChangeListener all(CredentialChangeListener... listeners) {
		List<CredentialChangeListener> all = List.of(listeners);
		return (credentials) -> all.forEach((each) -> each.credentialsDropped(credentials));
	}

	/**
	 * These credentials are no longer what a source has.
	 * @param credentials the ones changed or removed
	 */
	void credentialsDropped(Set<Credential> credentials);

}
