package dev.sluice.credential.kubernetes;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import org.jspecify.annotations.Nullable;

/**
 * Watches the secrets that a service account names as its {@code imagePullSecrets}, each
 * by its name alone, and follows the list. Thread-safe.
 */
final class PullSecretNames implements ResourceEventHandler<ServiceAccount>, AutoCloseable {

	private static final int LIMIT = 32;

	private final KubernetesClient client;

	private final String namespace;

	private final HeldSecrets held;

	private final Map<String, Named> watches = new TreeMap<>();

	private boolean closed;

	private boolean seen;

	PullSecretNames(KubernetesClient client, String namespace, HeldSecrets held) {
		this.client = client;
		this.namespace = namespace;
		this.held = held;
	}

	@Override
	public synchronized void onBeforeList(@Nullable String version) {
		this.seen = version != null;
	}

	/** A watch that begins anew doesn't tell that the account is gone. */
	@Override
	public synchronized void onList(String version, boolean empty) {
		if (!this.seen) {
			follow(Set.of());
		}
	}

	@Override
	public synchronized void onAdd(ServiceAccount account) {
		this.seen = true;
		follow(names(account));
	}

	@Override
	public void onUpdate(ServiceAccount before, ServiceAccount account) {
		follow(names(account));
	}

	@Override
	public void onDelete(ServiceAccount account, boolean unseen) {
		follow(Set.of());
	}

	private static Set<String> names(ServiceAccount account) {
		List<LocalObjectReference> references = account.getImagePullSecrets();
		return (references == null) ? Set.of()
				: references.stream()
					.map(LocalObjectReference::getName)
					.filter(Objects::nonNull)
					.limit(LIMIT)
					.collect(Collectors.toUnmodifiableSet());
	}

	private synchronized void follow(Set<String> names) {
		if (this.closed) {
			return;
		}
		Set<String> gone = new HashSet<>(this.watches.keySet());
		gone.removeAll(names);
		gone.forEach((name) -> Objects.requireNonNull(this.watches.remove(name)).drop());
		names.forEach((name) -> this.watches.computeIfAbsent(name, this::watch));
	}

	private Named watch(String name) {
		ApiSecretHandler handler = new ApiSecretHandler("named " + name, this.held);
		return new Named(name, handler,
				new ResourceWatch<>(this.client, this.client.secrets().inNamespace(this.namespace).withName(name),
						Secret.class, this.namespace, handler)
					.start());
	}

	/** Looks at each watch. To be called each second by one thread. */
	synchronized void look() {
		this.watches.values().forEach((named) -> named.watch().look());
	}

	/** What keeps secrets from being used, one sentence each. */
	synchronized List<String> problems() {
		return this.watches.values().stream().flatMap(this::problems).distinct().toList();
	}

	private Stream<String> problems(Named named) {
		return named.watch().isEmpty() ? Stream
			.of("there is no secret " + this.namespace + "/" + named.name() + ", which the service account names")
				: named.watch().problem().stream();
	}

	/** Completes once each secret that is named now was read, or failed to be. */
	synchronized CompletableFuture<?> settled() {
		return CompletableFuture.allOf(this.watches.values()
			.stream()
			.map((named) -> named.watch().settled())
			.toArray(CompletableFuture[]::new));
	}

	/** Stops watching; what was last read stays in force. */
	@Override
	public synchronized void close() {
		this.closed = true;
		this.watches.values().forEach((named) -> named.watch().close());
	}

	/** A secret that is named. */
	private record Named(String name, ApiSecretHandler handler, ResourceWatch<Secret> watch) {

		private void drop() {
			this.watch.close();
			this.handler.close();
		}

	}

}
