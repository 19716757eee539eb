package dev.sluice.matrix;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.sluice.testing.HelperScript;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestCertificates;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.registries.PersonalRegistry;
import dev.sluice.testing.registries.Personality;

/**
 * Sluice as somebody starts it who has this home directory and environment, with no
 * setting for credentials, before registries. Credential helpers are in the home
 * directory too.
 */
final class HomePulls implements AutoCloseable {

	private final Map<String, Personality> names;

	private final Map<Personality, PersonalRegistry> running = new LinkedHashMap<>();

	private final RunningSluice sluice;

	private final TestClient client;

	/**
	 * Starts it all.
	 * @param home the home directory
	 * @param variables the environment
	 * @param names what clients name a registry, and which it is
	 */
	HomePulls(Path home, Map<String, String> variables, Map<String, Personality> names) {
		this.names = Map.copyOf(names);
		TestCertificates certificates = TestCertificates.in(home);
		List<String> properties = new ArrayList<>();
		names.forEach((host, personality) -> {
			PersonalRegistry registry = this.running.computeIfAbsent(personality,
					(it) -> PersonalRegistry.start(it, certificates));
			String upstream = "sluice.upstreams[" + properties.size() / 3 + "].";
			properties.addAll(List.of(upstream + "name=" + host, upstream + "endpoints=" + registry.url(),
					upstream + "credential-host=" + host));
		});
		properties.add("sluice.credentials.cloud.enabled=false");
		Map<String, String> environment = new HashMap<>(variables);
		environment.put("PATH", HelperScript.path(home));
		environment.put("XDG_RUNTIME_DIR", home.resolve("run").toString());
		this.sluice = RunningSluice.atHome(home, environment, properties.toArray(String[]::new));
		this.client = TestClient.of(this.sluice.uri("").toString());
	}

	/** The registry of this kind. */
	PersonalRegistry of(Personality personality) {
		return this.running.values()
			.stream()
			.filter((registry) -> registry.personality().equals(personality))
			.findFirst()
			.orElseThrow();
	}

	/** The status of a pull. */
	int status(String host, String repository) throws Exception {
		return this.client.get("/v2/" + host + "/" + repository + "/manifests/1").statusCode();
	}

	/** The status of a pull of what is private, if anything is. */
	int status(String host) throws Exception {
		Personality personality = Objects.requireNonNull(this.names.get(host), host);
		String repository = personality.privateRepository().isEmpty() ? personality.publicRepository()
				: personality.privateRepository();
		return status(host, repository);
	}

	@Override
	public void close() {
		this.client.close();
		this.sluice.close();
		this.running.values().forEach(PersonalRegistry::close);
	}

}
