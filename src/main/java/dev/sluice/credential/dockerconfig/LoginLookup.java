package dev.sluice.credential.dockerconfig;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import dev.sluice.credential.Credential;
import dev.sluice.credential.Login;
import dev.sluice.credential.helper.CredentialHelpers;
import dev.sluice.credential.helper.HelperQuestion;
import dev.sluice.oci.CredentialException;
import dev.sluice.oci.RegistryName;
import dev.sluice.oci.RepositoryName;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Finds logins in a Docker configuration, and with the credential helpers that it names:
 * the registry's own helper, else {@code auths}, else {@code credsStore}. An entry that
 * can't be used is told of where there is no other login. Thread-safe.
 */
final class LoginLookup {

	private final CredentialHelpers helpers;

	LoginLookup(CredentialHelpers helpers) {
		this.helpers = helpers;
	}

	/**
	 * Looks a login up.
	 * @param config the configuration
	 * @param source where it came from, in words
	 * @param registry the registry
	 * @param repository the repository, or null for what has none
	 * @return the login, or empty if there is none; its errors are a helper's, or
	 * {@link CredentialException.IdentityUnavailable} if there is an entry that can't be
	 * used
	 */
	Mono<Login> find(DockerConfig config, String source, RegistryName registry, @Nullable RepositoryName repository) {
		return find(config, source, Login.LOG_IN, registry, repository);
	}

	/**
	 * Looks a login up.
	 * @param config the configuration
	 * @param source where it came from, in words
	 * @param remedy what to do where a login that stands in it is rejected
	 * @param registry the registry
	 * @param repository the repository, or null for what has none
	 * @return as above
	 */
	Mono<Login> find(DockerConfig config, String source, String remedy, RegistryName registry,
			@Nullable RepositoryName repository) {
		Optional<HelperQuestion> own = config.helpers().dedicatedTo(registry);
		Optional<StoredLogin> stored = own.isPresent() ? Optional.empty() : config.find(registry, repository);
		if (stored.isPresent()) {
			return Mono.just(new Login(stored.get().credential(), config.headers(),
					source + " (" + stored.get().address() + ")", remedy));
		}
		return Mono.justOrEmpty(own.or(() -> config.helpers().storeFor(registry)))
			.flatMap((question) -> this.helpers.find(question)
				.map((credential) -> new Login(credential, config.headers(), source + " (" + question + ")",
						question.remedy())))
			.switchIfEmpty(unusable(config, source, registry, repository));
	}

	/**
	 * A client whose anonymous request is refused must be told that there should have
	 * been a login.
	 */
	private static Mono<Login> unusable(DockerConfig config, String source, RegistryName registry,
			@Nullable RepositoryName repository) {
		return Mono.defer(() -> Mono.justOrEmpty(config.flaw(registry, repository)))
			.flatMap((flaw) -> Mono.error(new CredentialException.IdentityUnavailable(source + ": " + flaw)));
	}

	/**
	 * What is wrong with a configuration, the helpers that can't be run included.
	 * Blocking.
	 * @param config the configuration
	 * @return one text for each problem
	 */
	List<String> problems(DockerConfig config) {
		HelperSelection selection = config.helpers();
		Stream<String> keeping = selection.kept()
			.entrySet()
			.stream()
			.sorted(Map.Entry.comparingByKey())
			.flatMap((kept) -> this.helpers.problem(kept.getKey(), kept.getValue()).stream());
		Stream<String> store = selection.kept().containsKey(selection.store()) ? Stream.empty()
				: this.helpers.problem(selection.store()).stream();
		return Stream.of(config.problems().stream(), keeping, store).flatMap((problems) -> problems).toList();
	}

	/**
	 * A login was refused as such.
	 * @param credential the login
	 */
	void rejected(Credential credential) {
		this.helpers.rejected(credential);
	}

}
