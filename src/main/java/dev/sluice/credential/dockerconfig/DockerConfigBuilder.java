package dev.sluice.credential.dockerconfig;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import dev.sluice.credential.Credential;
import dev.sluice.credential.helper.HelperQuestion;
import dev.sluice.oci.Printable;
import dev.sluice.oci.RegistryName;

/**
 * Gathers a {@link DockerConfig} from its JSON, section by section. What can't be used
 * becomes a problem that names the key, and costs nothing else. Not thread-safe; for one
 * use.
 * <p>
 * A real secret in {@code auths} is used even while {@code credsStore} is set, unlike in
 * the Docker CLI: Docker leaves an empty entry for what it gave to the store, so a full
 * one was put there by somebody who means it.
 */
final class DockerConfigBuilder {

	private final List<StoredLogin> logins = new ArrayList<>();

	private final List<ServerAddress> empty = new ArrayList<>();

	private final List<UnusableLogin> unusable = new ArrayList<>();

	private final Set<RegistryName> registryNames = new HashSet<>();

	private final List<String> problems = new ArrayList<>();

	private final List<String> warnings = new ArrayList<>();

	void warn(String warning) {
		this.warnings.add(warning);
	}

	DockerConfig build(ConfigSections sections) {
		this.problems.addAll(sections.problems());
		HelperSelection helpers = new HelperSelection(sections.credsStore(), credHelpers(sections.credHelpers()),
				Map.of());
		sections.auths().forEach(this::addEntry);
		this.logins.removeIf((login) -> helpers.dedicatedTo(login.address().registry()).isPresent());
		Map<RegistryName, List<StoredLogin>> byRegistry = this.logins.stream()
			.sorted(StoredLogin.MOST_SPECIFIC_FIRST)
			.collect(Collectors.groupingBy((login) -> login.address().registry()));
		Map<String, String> headers = EndpointHeaders.read(sections.httpHeaders(), this.problems::add);
		return new DockerConfig(byRegistry, this.unusable, helpers.keeping(kept(helpers)), this.registryNames, headers,
				this.problems, this.warnings);
	}

	private Map<RegistryName, HelperQuestion> credHelpers(Map<String, Optional<String>> section) {
		Map<ServerAddress, String> helpers = new TreeMap<>(ServerAddress.PREFERENCE);
		section.forEach((key, helper) -> address(key).filter(this::isForARegistry)
			.ifPresent((address) -> helper.ifPresentOrElse((name) -> helpers.put(address, name),
					() -> this.problems.add("credHelpers entry '" + address + "' is no text; left out"))));
		Map<RegistryName, HelperQuestion> byRegistry = new HashMap<>();
		helpers.forEach((address, helper) -> byRegistry.putIfAbsent(address.registry(),
				new HelperQuestion(helper, address.helperKey())));
		return byRegistry;
	}

	/** Docker and Podman look a helper up by the registry's name, and never by a path. */
	private boolean isForARegistry(ServerAddress address) {
		if (address.hasPath()) {
			this.problems.add("credHelpers entry '" + address
					+ "' has a path, but helpers are chosen for whole registries; left out");
		}
		return !address.hasPath();
	}

	private void addEntry(String key, EntryFields entry) {
		Optional<ServerAddress> address = address(key);
		if (address.isEmpty()) {
			return;
		}
		try {
			Optional<Credential> credential = AuthEntryReader.read(entry);
			credential.ifPresentOrElse((held) -> this.logins.add(new StoredLogin(address.get(), held)),
					() -> this.empty.add(address.get()));
		}
		catch (MalformedEntryException ex) {
			String problem = "auths entry '" + address.get() + "' " + ex.getMessage();
			this.unusable.add(new UnusableLogin(address.get(), problem));
			this.problems.add(problem + "; left out");
		}
	}

	private Optional<ServerAddress> address(String key) {
		if (ServerAddress.isTokenStore(key)) {
			return Optional.empty();
		}
		Optional<ServerAddress> address = ServerAddress.parse(key);
		if (address.isEmpty()) {
			this.problems.add("key '" + Printable.withoutLogin(key) + "' names no registry; left out");
		}
		address.map(ServerAddress::registry).ifPresent(this::list);
		return address;
	}

	/** Who writes {@code host:443}, as nerdctl does, pulls from {@code host}. */
	private void list(RegistryName registry) {
		this.registryNames.add(registry);
		if (registry.port().isPresent()) {
			DockerConfig.sameOverHttps(registry).ifPresent(this.registryNames::add);
		}
	}

	private Map<String, List<String>> kept(HelperSelection helpers) {
		Map<String, SortedSet<String>> kept = new HashMap<>();
		helpers.dedicated()
			.keySet()
			.forEach((registry) -> helpers.dedicatedTo(registry)
				.ifPresent((question) -> subjects(kept, question.helper()).add(registry.toString())));
		Set<String> held = this.logins.stream().map((login) -> login.address().subject()).collect(Collectors.toSet());
		this.empty.stream()
			.filter((address) -> !held.contains(address.subject()))
			.forEach((address) -> helpers.keeperOf(address.registry())
				.ifPresent((helper) -> subjects(kept, helper).add(address.subject())));
		return kept.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (entry) -> List.copyOf(entry.getValue())));
	}

	private static SortedSet<String> subjects(Map<String, SortedSet<String>> kept, String helper) {
		return kept.computeIfAbsent(helper, (_) -> new TreeSet<>());
	}

}
