package dev.sluice.credential.dockerconfig;

import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;

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

	private static final int SUBJECTS_SHOWN = 10;

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
	 * @param helper the helper's name
	 * @param subjects the registries and repositories whose logins it keeps
	 * @return one sentence that says so and one that says what to do
	 */
	static String problem(String helper, SortedSet<String> subjects) {
		String shown = subjects.stream().limit(SUBJECTS_SHOWN).collect(Collectors.joining(", "));
		String more = (subjects.size() > SUBJECTS_SHOWN) ? " and " + (subjects.size() - SUBJECTS_SHOWN) + " more" : "";
		return """
				docker-credential-%s keeps the logins of %s%s, and Sluice can't run credential helpers yet: pulls from \
				there go on anonymously. Give Sluice a login of its own: write {"auths":{"%4$s":{}}} to DIR/config.json \
				(or login chooses the helper again), run 'docker --config DIR login %4$s', and name DIR/config.json in \
				sluice.credentials.docker-config (DIR in SLUICE_DOCKER_CONFIG for docker compose)"""
			.formatted(Printable.of(helper), shown, more, subjects.first());
	}

}
