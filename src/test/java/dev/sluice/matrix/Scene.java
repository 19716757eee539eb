package dev.sluice.matrix;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.sluice.testing.RecordingServer;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestCertificates;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.registries.Condition;
import dev.sluice.testing.registries.Offer;
import dev.sluice.testing.registries.PersonalRegistry;
import dev.sluice.testing.registries.Personality;

/**
 * Sluice before all registries, each under three names: its own, for which the right
 * credential is kept, and two more for a wrong and an expired one.
 *
 * @param sluice the program
 * @param client a client of it
 * @param entries the credentials kept, by the name of the registry
 * @param servers what the program asks besides
 */
record Scene(RunningSluice sluice, TestClient client, Map<String, Entry> entries,
		List<RecordingServer> servers) implements AutoCloseable {

	static Scene start(CredentialKind kind, List<PersonalRegistry> registries, TestCertificates certificates,
			Path directory) throws IOException {
		Map<String, Entry> entries = new LinkedHashMap<>();
		List<String> properties = new ArrayList<>(List.of("sluice.credentials.cloud.enabled=false"));
		int upstreams = 0;
		for (PersonalRegistry registry : registries) {
			for (Condition condition : Condition.values()) {
				int index = upstreams++;
				Personality personality = registry.personality();
				properties.addAll(upstream(index, registry, Entry.host(personality, condition), certificates));
				if (kind.offer(personality) instanceof Offer.Kept kept) {
					Entry entry = new Entry(index, personality, condition, kind.form(personality), kept);
					entries.put(entry.host(), entry);
				}
			}
		}
		CredentialKind.Setup setup = kind.setUp(directory, List.copyOf(entries.values()));
		properties.addAll(setup.properties());
		RunningSluice sluice = RunningSluice.in(setup.environment(), properties.toArray(String[]::new));
		return new Scene(sluice, TestClient.of(sluice.uri("").toString()), entries, setup.servers());
	}

	private static List<String> upstream(int index, PersonalRegistry registry, String host,
			TestCertificates certificates) {
		String upstream = "sluice.upstreams[" + index + "].";
		List<String> properties = new ArrayList<>(
				List.of(upstream + "name=" + host, upstream + "endpoints=" + registry.url(),
						upstream + "credential-host=" + host, upstream + "catalog=true"));
		if (registry.personality().isPrivatelyCertified()) {
			properties.add(upstream + "tls.certificate-authority=" + certificates.authorityFile());
		}
		return properties;
	}

	@Override
	public void close() {
		this.client.close();
		this.sluice.close();
		this.servers.forEach(RecordingServer::close);
	}

}
