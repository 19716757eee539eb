package dev.sluice.credential;

import java.util.Set;

/**
 * Told when credentials went out of use, so that what was made from them can be dropped.
 * Thread-safe; must not block.
 */
@FunctionalInterface
public interface CredentialChangeListener {

	/**
	 * These credentials are no longer what a source has.
	 * @param credentials the ones changed or removed
	 */
	void credentialsDropped(Set<Credential> credentials);

}
