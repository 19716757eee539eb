package dev.sluice.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes API server with one namespace, {@value #NAMESPACE}: fabric8's mock, over
 * HTTP on a free port of the loopback address. Not thread-safe.
 */
public final class ApiServer implements AutoCloseable {

	/** The namespace. */
	public static final String NAMESPACE = "infra";

	private static final String FORBIDDEN = """
			{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"%s is forbidden: \
			User \\"system:serviceaccount:infra:sluice\\" cannot %s resource \\"%s\\" in API group \\"\\" \
			in the namespace \\"infra\\"","reason":"Forbidden","code":403}""";

	/**
	 * Where a watch is closed in the very moment in which an event is sent over it, the
	 * mock's event loop waits for whoever sends, who waits for the event loop; it gives
	 * up after ten seconds. All connections are closed by then.
	 */
	private static final String STUCK = "Unable to close MockWebServer";

	/** Held, or its level would be forgotten. */
	private final Logger log = Logger.getLogger("io.fabric8.mockwebserver");

	private Cluster cluster = new Cluster();

	private KubernetesMockServer server;

	private KubernetesClient administrator;

	private int port;

	private ApiServer() {
		this.log.setLevel(Level.WARNING);
		this.server = started();
		this.administrator = administrator();
	}

	/** Starts one without any secret. */
	public static ApiServer start() {
		return new ApiServer();
	}

	private KubernetesMockServer started() {
		KubernetesMockServer made = new KubernetesMockServer(new Context(Serialization.jsonMapper()),
				new MockWebServer(), new HashMap<>(), this.cluster, false);
		made.init(InetAddress.getLoopbackAddress(), this.port);
		this.port = made.getPort();
		return made;
	}

	/** How to reach it, with impatience. */
	public Config config() {
		return new ConfigBuilder(Config.empty()).withMasterUrl("http://127.0.0.1:" + this.port)
			.withNamespace(NAMESPACE)
			.withOauthToken("made-up-token")
			.withWatchReconnectInterval(100)
			.withHttp2Disable(true)
			.build();
	}

	/** How to reach it, as {@code kubectl} and Sluice read it. */
	public Path kubeconfig(Path directory) {
		try {
			return Files.writeString(directory.resolve("kubeconfig"), """
					apiVersion: v1
					kind: Config
					current-context: test
					contexts: [{ name: test, context: { cluster: test, user: test, namespace: %s } }]
					clusters: [{ name: test, cluster: { server: "http://127.0.0.1:%d" } }]
					users: [{ name: test, user: { token: made-up-token } }]
					""".formatted(NAMESPACE, this.port));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private KubernetesClient administrator() {
		return new KubernetesClientBuilder().withConfig(config()).build();
	}

	/** Puts a secret there, in place of one of that name. */
	public void secret(String name, String type, Map<String, String> labels, Map<String, String> data) {
		Map<String, String> encoded = new TreeMap<>();
		data.forEach((key, value) -> encoded.put(key,
				Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
		Secret secret = new SecretBuilder().withNewMetadata()
			.withName(name)
			.withNamespace(NAMESPACE)
			.withLabels(labels)
			.endMetadata()
			.withType(type)
			.withData(encoded)
			.build();
		write(secret);
	}

	/**
	 * Puts a secret of type {@code kubernetes.io/dockerconfigjson} with one login there.
	 */
	public void login(String name, Map<String, String> labels, String key, String username, String password) {
		secret(name, "kubernetes.io/dockerconfigjson", labels,
				Map.of(".dockerconfigjson", SecretMount.dockerConfig(key, username, password)));
	}

	/** Removes a secret. */
	public void removeSecret(String name) {
		this.administrator.secrets().inNamespace(NAMESPACE).withName(name).delete();
	}

	/** Puts a service account with these {@code imagePullSecrets} there. */
	public void serviceAccount(String name, String... secrets) {
		List<LocalObjectReference> references = Stream.of(secrets).map(LocalObjectReference::new).toList();
		ServiceAccount account = new ServiceAccountBuilder().withNewMetadata()
			.withName(name)
			.withNamespace(NAMESPACE)
			.endMetadata()
			.withImagePullSecrets(references)
			.build();
		write(account);
	}

	private <T extends HasMetadata> void write(T resource) {
		this.administrator.resource(resource).createOr((existing) -> existing.unlock().update());
	}

	/** Answers 403 to whoever lists or watches these resources, until told null. */
	public void forbid(@Nullable String resources) {
		this.cluster.forbidden = resources;
	}

	/** The paths and queries that were asked for. */
	public String asked() {
		return this.cluster.asked.stream().collect(Collectors.joining("\n"));
	}

	/** Cuts all connections and listens no more. */
	public void down() {
		this.administrator.close();
		try {
			this.server.destroy();
		}
		catch (IllegalStateException ex) {
			if (!STUCK.equals(ex.getMessage())) {
				throw ex;
			}
		}
	}

	/** Listens again, on the same port and with the same content. */
	public void up() {
		this.cluster = this.cluster.restarted();
		this.server = started();
		this.administrator = administrator();
	}

	@Override
	public void close() {
		down();
	}

	/** What is in the cluster. */
	private static final class Cluster extends KubernetesCrudDispatcher {

		private final Queue<String> asked = new ConcurrentLinkedQueue<>();

		private volatile @Nullable String forbidden;

		/** The same content without the watches. */
		private Cluster restarted() {
			Cluster restarted = new Cluster();
			restarted.map.putAll(this.map);
			long version = requestResourceVersion();
			while (restarted.requestResourceVersion() < version) {
				continue;
			}
			return restarted;
		}

		@Override
		public MockResponse dispatch(RecordedRequest request) {
			String path = String.valueOf(request.getPath());
			this.asked.add(path);
			String resources = this.forbidden;
			if (resources != null && path.contains("/" + resources)) {
				String verb = path.contains("watch=true") ? "watch" : "list";
				return new MockResponse().setResponseCode(403).setBody(FORBIDDEN.formatted(resources, verb, resources));
			}
			return super.dispatch(request);
		}

	}

}
