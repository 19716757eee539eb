package dev.sluice.credential.dockerconfig;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import dev.sluice.credential.Candidate;
import dev.sluice.credential.Credential;
import dev.sluice.credential.CredentialSource;
import dev.sluice.credential.Login;
import dev.sluice.credential.SourceState;
import dev.sluice.credential.helper.CredentialHelpers;
import dev.sluice.oci.RegistryName;
import dev.sluice.oci.RepositoryName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * The environment variable {@code DOCKER_AUTH_CONFIG}: a Docker configuration as text,
 * which the Docker CLI (since 28.3) and GitLab's runner prefer to the file. Read once.
 * One that is no configuration is ignored with a warning, as the CLI does. Thread-safe.
 */
public final class DockerAuthVariable implements CredentialSource {

	private static final Logger LOG = LoggerFactory.getLogger(DockerAuthVariable.class);

	private static final String NAME = "DOCKER_AUTH_CONFIG";

	private final DockerConfig config;

	private final LoginLookup lookup;

	private final List<String> ownProblems;

	private DockerAuthVariable(DockerConfig config, LoginLookup lookup, List<String> ownProblems) {
		this.config = config;
		this.lookup = lookup;
		this.ownProblems = ownProblems;
		problems().forEach((problem) -> LOG.warn("{}: {}", NAME, problem));
	}

	/**
	 * Reads the variable.
	 * @param environment the environment variables
	 * @param helpers the credential helpers that it may name
	 * @return what it holds, or empty if it isn't set
	 */
	public static Optional<DockerAuthVariable> of(Map<String, String> environment, CredentialHelpers helpers) {
		return Optional.ofNullable(environment.get(NAME))
			.filter((text) -> !text.isBlank())
			.map((text) -> read(text, new LoginLookup(helpers)));
	}

	private static DockerAuthVariable read(String text, LoginLookup lookup) {
		try {
			DockerConfig config = new DockerConfigParser().parse(text.getBytes(StandardCharsets.UTF_8));
			return new DockerAuthVariable(config, lookup, List.of());
		}
		catch (MalformedConfigException ex) {
			return new DockerAuthVariable(DockerConfig.NONE, lookup, List.of(ex.getMessage() + "; it is ignored"));
		}
	}

	@Override
	public List<Candidate> candidates(RegistryName host, @Nullable RepositoryName repository) {
		return List.of(new Candidate(this.config.depth(host, repository), login(host, repository)));
	}

	private Mono<Login> login(RegistryName host, @Nullable RepositoryName repository) {
		return Mono.defer(() -> this.lookup.find(this.config, NAME, "replace it there", host, repository));
	}

	@Override
	public void rejected(Credential credential) {
		this.lookup.rejected(credential);
	}

	@Override
	public Set<RegistryName> registryNames() {
		return this.config.registryNames();
	}

	@Override
	public SourceState state() {
		return new SourceState(NAME, this.config.registryNames().size(), problems());
	}

	private List<String> problems() {
		return Stream.concat(this.ownProblems.stream(), this.lookup.problems(this.config).stream()).toList();
	}

}
