package dev.sluice.credential.dockerconfig;

import java.util.Map;
import java.util.Optional;

import dev.sluice.oci.Printable;
import dev.sluice.oci.RegistryName;

/**
 * Which credential helper keeps what: {@code credHelpers} for single registries,
 * {@code credsStore} for all others. Immutable.
 *
 * @param store the helper of {@code credsStore}, empty for none
 * @param dedicated {@code credHelpers} by registry; an empty value turns the store off
 * for that registry
 */
record HelperSelection(String store, Map<RegistryName, String> dedicated) {

	HelperSelection {
		dedicated = Map.copyOf(dedicated);
	}

	/**
	 * The helper chosen for this very registry. As in the Docker CLI there is no falling
	 * back from it to {@code auths}: what stands there is from before the choice.
	 * @param registry the registry
	 * @return the helper's name, without {@code docker-credential-}
	 */
	Optional<String> dedicatedTo(RegistryName registry) {
		return Optional.ofNullable(this.dedicated.get(registry)).filter((helper) -> !helper.isEmpty());
	}

	/**
	 * The helper that keeps whatever has none of its own.
	 * @param registry the registry
	 * @return the helper's name, without {@code docker-credential-}
	 */
	Optional<String> storeFor(RegistryName registry) {
		boolean applies = !this.store.isEmpty() && !this.dedicated.containsKey(registry);
		return applies ? Optional.of(this.store) : Optional.empty();
	}

	/**
	 * What to tell the operator.
	 * @param subject the registry or repository whose credential a helper keeps
	 * @param helper the helper's name
	 * @return one sentence
	 */
	static String problem(String subject, String helper) {
		return subject + " is kept by docker-credential-" + Printable.of(helper)
				+ "; Sluice can't run credential helpers yet: pulls go on anonymously";
	}

}
