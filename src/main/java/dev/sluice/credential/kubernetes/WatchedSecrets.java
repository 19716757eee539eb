package dev.sluice.credential.kubernetes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import dev.sluice.credential.Candidate;
import dev.sluice.credential.CredentialChangeListener;
import dev.sluice.credential.CredentialSource;
import dev.sluice.credential.SourceState;
import dev.sluice.oci.RegistryName;
import dev.sluice.oci.RepositoryName;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.jspecify.annotations.Nullable;

/**
 * Secrets that are watched through the Kubernetes API, without being mounted. Changes
 * count as they come. While the API server can't be reached, or refuses, what was last
 * read stays in force, {@link #state()} says so, and it is asked again and again. A
 * look-up fails only where an entry can't be used; nothing blocks but the making of it.
 * Thread-safe.
 */
public final class WatchedSecrets implements CredentialSource, AutoCloseable {

	private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

	private static final Duration FIRST_READ = Duration.ofSeconds(5);

	private final KubernetesClient client;

	private final String namespace;

	private final SecretSelection selection;

	private final HeldSecrets held;

	private final List<ResourceWatch<?>> watches = new ArrayList<>();

	private final PullSecretNames named;

	private final @Nullable ResourceWatch<ServiceAccount> account;

	private final ScheduledExecutorService scheduler = Executors
		.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("kubernetes-api").factory());

	private List<String> told = List.of();

	/**
	 * Begins to watch, and waits a few seconds at most for what there is.
	 * @param selection which secrets
	 * @param namespace where they are
	 * @param client the API; closed with this
	 * @param listener told of credentials that were changed or removed
	 */
	WatchedSecrets(SecretSelection selection, String namespace, KubernetesClient client,
			CredentialChangeListener listener) {
		this.selection = selection;
		this.namespace = namespace;
		this.client = client;
		this.held = new HeldSecrets(listener);
		this.named = new PullSecretNames(client, namespace, this.held);
		Optional.ofNullable(selection.labelSelector()).map(this::labelled).ifPresent(this.watches::add);
		this.account = Optional.ofNullable(selection.serviceAccount()).map(this::account).orElse(null);
		Optional.ofNullable(this.account).ifPresent(this.watches::add);
		this.watches.forEach(ResourceWatch::start);
		awaitFirstRead();
		complain();
		this.scheduler.scheduleWithFixedDelay(this::look, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(),
				TimeUnit.MILLISECONDS);
	}

	private ResourceWatch<Secret> labelled(String selector) {
		return new ResourceWatch<>(this.client,
				this.client.secrets().inNamespace(this.namespace).withLabelSelector(selector), Secret.class,
				this.namespace, new ApiSecretHandler("labelled", this.held));
	}

	private ResourceWatch<ServiceAccount> account(String name) {
		return new ResourceWatch<>(this.client,
				this.client.serviceAccounts().inNamespace(this.namespace).withName(name), ServiceAccount.class,
				this.namespace, this.named);
	}

	/**
	 * So that the first pulls of a replica that just became ready have their logins.
	 * Which secrets a service account names is known once that was read.
	 */
	private void awaitFirstRead() {
		CompletableFuture<?>[] watched = this.watches.stream()
			.map(ResourceWatch::settled)
			.toArray(CompletableFuture[]::new);
		try {
			CompletableFuture.allOf(watched)
				.thenCompose((_) -> this.named.settled())
				.get(FIRST_READ.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException | ExecutionException ex) {
			// complain() says what is missing
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void look() {
		try {
			this.watches.forEach(ResourceWatch::look);
			this.named.look();
			complain();
		}
		catch (RuntimeException ex) {
			SecretLog.failed(source(), ex);
		}
	}

	/** Says once what has gone wrong with the API. */
	private void complain() {
		List<String> problems = apiProblems();
		problems.stream().filter((problem) -> !this.told.contains(problem)).forEach(SecretLog::error);
		this.told = problems;
	}

	private List<String> apiProblems() {
		return Stream
			.of(this.watches.stream().flatMap((watch) -> watch.problem().stream()), noAccount().stream(),
					this.named.problems().stream())
			.flatMap((each) -> each)
			.distinct()
			.toList();
	}

	@Override
	public List<Candidate> candidates(RegistryName host, @Nullable RepositoryName repository) {
		return this.held.candidates(host, repository);
	}

	@Override
	public Set<RegistryName> registryNames() {
		return this.held.registryNames();
	}

	@Override
	public SourceState state() {
		List<String> problems = Stream.concat(apiProblems().stream(), this.held.problems().stream()).toList();
		return new SourceState(source(), registryNames().size(), problems);
	}

	private Optional<String> noAccount() {
		return Optional.ofNullable(this.account)
			.filter(ResourceWatch::isEmpty)
			.map((_) -> "there is no service account " + this.namespace + "/" + this.selection.serviceAccount());
	}

	private String source() {
		return "kubernetes secrets of namespace " + this.namespace;
	}

	/** Stops watching; what was last read stays in force. */
	@Override
	public void close() {
		this.scheduler.shutdown();
		this.watches.forEach(ResourceWatch::close);
		this.named.close();
		this.client.close();
	}

}
