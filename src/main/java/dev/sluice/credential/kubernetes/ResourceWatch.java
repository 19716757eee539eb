package dev.sluice.credential.kubernetes;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.ReducedStateItemStore;
import org.jspecify.annotations.Nullable;

/**
 * A list of resources that is kept up with from the time it is {@linkplain #start()
 * started}. While the API server can't be reached, or refuses, it is asked again after
 * pauses of 1 s, twice as long each time, 16 s at most; a watch that doesn't come back in
 * half a minute is begun anew. Of the resources themselves only names are kept.
 * Thread-safe; nothing blocks.
 *
 * @param <T> what is watched
 */
final class ResourceWatch<T extends HasMetadata> implements AutoCloseable {

	private static final int LOOKS_UNTIL_LOST = 10;

	private static final int LOOKS_UNTIL_RENEWED = 30;

	private static final long PAGE = 100L;

	private final KubernetesClient client;

	private final Informable<T> resources;

	private final Class<T> type;

	private final String namespace;

	private final ResourceEventHandler<T> handler;

	private SharedIndexInformer<T> informer;

	private volatile @Nullable String problem;

	private final CompletableFuture<@Nullable Void> settled = new CompletableFuture<>();

	private int looksWithoutWatch;

	private boolean closed;

	/**
	 * Prepares a watch.
	 * @param client the API
	 * @param resources what to watch
	 * @param type its type
	 * @param namespace where it is
	 * @param handler told of what there is, and of changes, one at a time; of all there
	 * is again, between {@code onBeforeList(null)} and {@code onList}, where the watch is
	 * begun anew
	 */
	ResourceWatch(KubernetesClient client, Informable<T> resources, Class<T> type, String namespace,
			ResourceEventHandler<T> handler) {
		this.client = client;
		this.resources = resources.withLimit(PAGE);
		this.type = type;
		this.namespace = namespace;
		this.handler = handler;
		this.informer = informer();
	}

	private SharedIndexInformer<T> informer() {
		return this.resources.runnableInformer(0)
			.itemStore(new ReducedStateItemStore<>(ReducedStateItemStore.UID_KEY_STATE, this.type,
					this.client.getKubernetesSerialization(), "metadata.name", "metadata.namespace"))
			.exceptionHandler((_, failure) -> fail(failure))
			.addEventHandler(this.handler)
			.addEventHandler(new FirstList());
	}

	synchronized ResourceWatch<T> start() {
		this.informer.start();
		return this;
	}

	private boolean fail(Throwable failure) {
		tell(ApiFailure.words(kind(), this.namespace, server(), failure));
		this.settled.complete(null);
		return true;
	}

	/** Looks whether it is still kept up with. To be called each second. */
	synchronized void look() {
		if (this.informer.isWatching()) {
			this.looksWithoutWatch = 0;
			this.problem = null;
			return;
		}
		this.looksWithoutWatch++;
		if (this.looksWithoutWatch >= LOOKS_UNTIL_LOST && this.problem == null) {
			tell("the API server " + server() + " can't be asked for changes of " + kind() + " in namespace "
					+ this.namespace);
		}
		if (this.looksWithoutWatch % LOOKS_UNTIL_RENEWED == 0) {
			renew();
		}
	}

	private void renew() {
		if (!this.closed) {
			this.informer.stop();
			this.informer = informer();
			this.informer.start();
		}
	}

	private void tell(String cause) {
		this.problem = cause + "; it is asked again, and what was last read stays in force";
	}

	private String kind() {
		return HasMetadata.getPlural(this.type);
	}

	private String server() {
		return this.client.getMasterUrl().toString();
	}

	/** What keeps it from being kept up with, as a sentence. */
	Optional<String> problem() {
		return Optional.ofNullable(this.problem);
	}

	/** Completes once it was read, or failed to be. */
	CompletableFuture<@Nullable Void> settled() {
		return this.settled;
	}

	/** Whether it is known that there is nothing. */
	synchronized boolean isEmpty() {
		return this.informer.isWatching() && this.informer.getStore().listKeys().isEmpty();
	}

	/** Ends it; the handler isn't told of anything more, but for what is under way. */
	@Override
	public synchronized void close() {
		this.closed = true;
		this.informer.stop();
	}

	/** Told of a list once the handler has been told of all that is in it. */
	private final class FirstList implements ResourceEventHandler<T> {

		@Override
		public void onList(String version, boolean empty) {
			ResourceWatch.this.settled.complete(null);
		}

		@Override
		public void onAdd(T resource) {
		}

		@Override
		public void onUpdate(T before, T resource) {
		}

		@Override
		public void onDelete(T resource, boolean unseen) {
		}

	}

}
