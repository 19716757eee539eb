package dev.sluice.credential.dockerconfig;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import dev.sluice.credential.helper.HelperQuestion;
import dev.sluice.oci.RegistryName;

/**
 * Which credential helper keeps what: {@code credHelpers} for single registries,
 * {@code credsStore} for all others. Immutable.
 *
 * @param store the helper of {@code credsStore}, empty for none
 * @param dedicated {@code credHelpers} by registry; an empty name of a helper turns the
 * store off for that registry
 * @param kept the registries and repositories that are known to have their login with a
 * helper, by helper and sorted
 */
record HelperSelection(String store, Map<RegistryName, HelperQuestion> dedicated, Map<String, List<String>> kept) {

	/** No helpers at all. */
	static final HelperSelection NONE = new HelperSelection("", Map.of(), Map.of());

	HelperSelection {
		dedicated = Map.copyOf(dedicated);
		kept = Map.copyOf(kept);
	}

	/**
	 * What to ask the helper chosen for this very registry. As in the Docker CLI there is
	 * no falling back from it to {@code auths}: what stands there is from before the
	 * choice.
	 * @param registry the registry
	 * @return the question, with the key as it was written
	 */
	Optional<HelperQuestion> dedicatedTo(RegistryName registry) {
		return chosenFor(registry).filter((question) -> !question.helper().isEmpty());
	}

	/**
	 * What to ask the helper for all registries that have none of their own
	 * ({@code credsStore}).
	 * @param registry the registry
	 * @return the question, with the address that the Docker CLI, or nerdctl, stores
	 */
	Optional<HelperQuestion> storeFor(RegistryName registry) {
		return keeperOf(registry).map((helper) -> new HelperQuestion(helper, storedName(registry)));
	}

	/**
	 * The helper that keeps whatever has none of its own.
	 * @param registry the registry
	 * @return the helper's name, or empty if the store doesn't apply
	 */
	Optional<String> keeperOf(RegistryName registry) {
		boolean applies = !this.store.isEmpty() && chosenFor(registry).isEmpty();
		return applies ? Optional.of(this.store) : Optional.empty();
	}

	/**
	 * The same with what is known to be kept.
	 * @param subjects the registries and repositories, by helper
	 * @return a new selection
	 */
	HelperSelection keeping(Map<String, List<String>> subjects) {
		return new HelperSelection(this.store, this.dedicated, subjects);
	}

	private Optional<HelperQuestion> chosenFor(RegistryName registry) {
		return Stream.concat(Stream.of(registry), DockerConfig.sameOverHttps(registry).stream())
			.flatMap((name) -> Stream.ofNullable(this.dedicated.get(name)))
			.findFirst();
	}

	private String storedName(RegistryName registry) {
		if (registry.isDockerHub()) {
			return ServerAddress.DOCKER_HUB_KEY;
		}
		List<String> named = this.kept.getOrDefault(this.store, List.of());
		return Stream.concat(Stream.of(registry), DockerConfig.sameOverHttps(registry).stream())
			.map(RegistryName::toString)
			.filter(named::contains)
			.findFirst()
			.orElse(registry.toString());
	}

}
