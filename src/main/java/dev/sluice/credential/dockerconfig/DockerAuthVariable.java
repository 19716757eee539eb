package dev.sluice.credential.dockerconfig;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.sluice.credential.CredentialSource;
import dev.sluice.credential.Login;
import dev.sluice.credential.SourceState;
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

	private final List<String> problems;

	private DockerAuthVariable(DockerConfig config, List<String> problems) {
		this.config = config;
		this.problems = problems;
		problems.forEach((problem) -> LOG.warn("{}: {}", NAME, problem));
	}

	/**
	 * Reads the variable.
	 * @param environment the environment variables
	 * @return what it holds, or empty if it isn't set
	 */
	public static Optional<DockerAuthVariable> of(Map<String, String> environment) {
		return Optional.ofNullable(environment.get(NAME))
			.filter((text) -> !text.isBlank())
			.map(DockerAuthVariable::read);
	}

	private static DockerAuthVariable read(String text) {
		try {
			DockerConfig config = new DockerConfigParser().parse(text.getBytes(StandardCharsets.UTF_8));
			return new DockerAuthVariable(config, config.problems());
		}
		catch (MalformedConfigException ex) {
			return new DockerAuthVariable(DockerConfig.NONE, List.of(ex.getMessage() + "; it is ignored"));
		}
	}

	@Override
	public Mono<Login> find(RegistryName host, @Nullable RepositoryName repository) {
		return Mono.justOrEmpty(this.config.find(host, repository)
			.map((stored) -> new Login(stored.credential(), this.config.headers(),
					NAME + " (" + stored.address() + ")")));
	}

	@Override
	public int depth(RegistryName host, @Nullable RepositoryName repository) {
		return this.config.depth(host, repository);
	}

	@Override
	public Set<RegistryName> registryNames() {
		return this.config.registryNames();
	}

	@Override
	public SourceState state() {
		return new SourceState(NAME, this.config.registryNames().size(), this.problems);
	}

}
