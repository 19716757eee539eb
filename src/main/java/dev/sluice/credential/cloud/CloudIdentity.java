package dev.sluice.credential.cloud;

import java.util.Optional;

import dev.sluice.oci.RegistryName;

/**
 * What gives a credential for the registries of one cloud to who runs there. Thread-safe.
 */
public interface CloudIdentity {

	/**
	 * The identity in words.
	 * @return for logs and errors, such as {@code AWS identity for ECR}
	 */
	String name();

	/**
	 * Whether this is a registry of the cloud. Asks nobody.
	 * @param host the registry's endpoint
	 * @return the registry for which one credential is asked, which may serve several;
	 * empty for any other
	 */
	Optional<RegistryName> issuer(RegistryName host);

	/**
	 * Asks for a credential. Blocks, for seconds.
	 * @param issuer the registry, as {@link #issuer} has it
	 * @return the credential, or why there is no such identity here, which is no error
	 * @throws CloudException if there is one, and it doesn't get a credential
	 */
	Issue issue(RegistryName issuer);

}
