package dev.sluice.credential.cloud;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.credential.Candidate;
import dev.sluice.credential.Credential;
import dev.sluice.credential.CredentialChangeListener;
import dev.sluice.credential.CredentialSource;
import dev.sluice.credential.Login;
import dev.sluice.credential.SourceState;
import dev.sluice.oci.CredentialException;
import dev.sluice.oci.RegistryName;
import dev.sluice.oci.RepositoryName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * The credentials of one cloud identity, for the registries of that cloud that are
 * listed; it lists none itself. Bounded; thread-safe; never blocks.
 */
public final class CloudSource implements CredentialSource {

	private static final Logger LOG = LoggerFactory.getLogger(CloudSource.class);

	private static final int BOUND = 1000;

	private final Cache<RegistryName, CloudLogin> logins = Caffeine.newBuilder().maximumSize(BOUND).build();

	private final AtomicBoolean absenceSaid = new AtomicBoolean();

	private final CloudIdentity identity;

	private final CloudRuns runs;

	private final InstantSource clock;

	private final CredentialChangeListener listener;

	/**
	 * Asks nobody yet.
	 * @param identity what gives the credentials
	 * @param runs where it is asked
	 * @param clock the time by which credentials expire
	 * @param listener told of credentials that others took the place of
	 */
	public CloudSource(CloudIdentity identity, CloudRuns runs, InstantSource clock, CredentialChangeListener listener) {
		this.identity = identity;
		this.runs = runs;
		this.clock = clock;
		this.listener = listener;
	}

	@Override
	public List<Candidate> candidates(RegistryName host, @Nullable RepositoryName repository) {
		return List.of(new Candidate(0, lookUp(host)));
	}

	private Mono<Login> lookUp(RegistryName host) {
		return Mono.defer(() -> Mono.justOrEmpty(this.identity.issuer(host)))
			.flatMap((issuer) -> this.logins.get(issuer, this::login).current())
			.flatMap((issue) -> login(host, issue));
	}

	private CloudLogin login(RegistryName issuer) {
		return new CloudLogin(() -> this.runs.ask(this.identity.name(), () -> this.identity.issue(issuer)), this.clock,
				this.listener);
	}

	private Mono<Login> login(RegistryName host, Issue issue) {
		return switch (issue) {
			case Issue.Granted granted -> Mono.just(new Login(granted.credential(), Map.of(),
					this.identity.name() + " (" + host + ")", "see what is granted to that identity", true));
			case Issue.Absent absent -> {
				sayOnce(absent);
				yield Mono.empty();
			}
			case Issue.Failed failed -> Mono.error(() -> new CredentialException.IdentityUnavailable(failed.message()));
		};
	}

	private void sayOnce(Issue.Absent absent) {
		if (this.absenceSaid.compareAndSet(false, true)) {
			LOG.info("There is no {} here: {}; its registries are asked as nobody unless another source has a login",
					this.identity.name(), absent.why());
		}
	}

	@Override
	public Set<RegistryName> registryNames() {
		return Set.of();
	}

	@Override
	public void rejected(Credential credential) {
		this.logins.asMap().values().forEach((login) -> login.rejected(credential));
	}

	@Override
	public SourceState state() {
		List<String> problems = this.logins.asMap()
			.values()
			.stream()
			.flatMap((login) -> login.problem().stream())
			.distinct()
			.sorted()
			.toList();
		return new SourceState(this.identity.name(), 0, problems);
	}

}
