package dev.sluice.credential.kubernetes;

import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

import dev.sluice.credential.CredentialChangeListener;
import dev.sluice.credential.given.UnusablePartException;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Kubernetes API: in a pod that of its cluster, with the service account's token;
 * elsewhere the one of the current context in {@code $KUBECONFIG} or
 * {@code ~/.kube/config}.
 */
public final class KubernetesApi {

	private static final Logger LOG = LoggerFactory.getLogger(KubernetesApi.class);

	/**
	 * What a task throws may quote a secret; that a watch is lost is said by the watch.
	 */
	private static final ThreadFactory THREADS = Thread.ofVirtual()
		.name("kubernetes-api-", 0)
		.uncaughtExceptionHandler((_, failure) -> LOG.debug("a task failed by {}", failure.getClass().getName()))
		.factory();

	private KubernetesApi() {
	}

	/**
	 * Connects, and begins to watch secrets. Blocks for a few seconds at most.
	 * @param selection which secrets
	 * @param property the property that names the namespace, for messages
	 * @param listener told of credentials that were changed or removed
	 * @return the secrets
	 * @throws UnusablePartException if it isn't known in which namespace they are
	 */
	public static WatchedSecrets watch(SecretSelection selection, String property, CredentialChangeListener listener) {
		return watch(selection, property, Config.autoConfigure(null), listener);
	}

	/**
	 * The same with a given configuration.
	 * @param selection which secrets
	 * @param property the property that names the namespace, for messages
	 * @param config where the API is, and who we are there
	 * @param listener told of credentials that were changed or removed
	 * @return the secrets
	 * @throws UnusablePartException if it isn't known in which namespace they are
	 */
	static WatchedSecrets watch(SecretSelection selection, String property, Config config,
			CredentialChangeListener listener) {
		String namespace = namespace(selection.namespace(), property, config);
		return new WatchedSecrets(selection, namespace, client(config), listener);
	}

	private static String namespace(@Nullable String given, String property, Config config) {
		String namespace = (given != null) ? given : config.getNamespace();
		if (namespace == null) {
			throw new UnusablePartException(property,
					"it isn't set, and neither a pod's service account nor a kubeconfig says which one is meant");
		}
		return namespace;
	}

	/**
	 * Requests aren't repeated by the client, for a watch begins anew by itself; and a
	 * watch is HTTP/1.1 in any case.
	 */
	private static KubernetesClient client(Config config) {
		Config own = new ConfigBuilder(config).withRequestRetryBackoffLimit(0)
			.withHttp2Disable(true)
			.withUserAgent("sluice")
			.build();
		return new KubernetesClientBuilder().withConfig(own)
			.withHttpClientFactory(new JdkHttpClientFactory())
			.withTaskExecutor(Executors.newThreadPerTaskExecutor(THREADS))
			.build();
	}

}
