package dev.sluice.credential.dockerconfig;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.sluice.credential.Credential;
import dev.sluice.credential.RegistryPattern;
import dev.sluice.oci.Printable;

/**
 * A Docker configuration as a kubelet reads it: {@code auths}, whose keys may be
 * patterns, and {@code HttpHeaders}. Immutable.
 *
 * @param entries the entries of {@code auths}, sorted by key, the last first: a name
 * before a pattern with the same end
 * @param headers {@code HttpHeaders}, sent along with each of the logins
 * @param problems what can't be used, one sentence each
 * @param warnings what was accepted all the same, one sentence each
 */
public record PatternLogins(List<Entry> entries, Map<String, String> headers, List<String> problems,
		List<String> warnings) {

	public PatternLogins {
		entries = List.copyOf(entries);
		headers = Map.copyOf(headers);
		problems = List.copyOf(problems);
		warnings = List.copyOf(warnings);
	}

	/**
	 * An entry.
	 *
	 * @param key its key, fit for logs
	 * @param place what it is for
	 * @param credential the credential, or empty if it holds none
	 * @param problem why the credential can't be used, a sentence without its end, or
	 * empty if nothing is wrong
	 */
	public record Entry(String key, RegistryPattern place, Optional<Credential> credential, Optional<String> problem) {
	}

	/**
	 * Reads one.
	 * @param content the bytes of a {@code config.json} or of a {@code .dockercfg}
	 * @return what it holds
	 * @throws MalformedConfigException if nothing of it can be used
	 */
	public static PatternLogins read(byte[] content) throws MalformedConfigException {
		List<Entry> entries = new ArrayList<>();
		List<String> problems = new ArrayList<>();
		List<String> warnings = new ArrayList<>();
		ConfigSections sections = DockerConfigParser.sections(ConfigText.of(content), warnings::add);
		problems.addAll(sections.problems());
		sections.auths()
			.entrySet()
			.stream()
			.filter((entry) -> !ServerAddress.isTokenStore(entry.getKey()))
			.sorted(Map.Entry.<String, EntryFields>comparingByKey(Comparator.reverseOrder()))
			.forEach((entry) -> entry(entry.getKey(), entry.getValue(), problems).ifPresent(entries::add));
		Map<String, String> headers = EndpointHeaders.read(sections.httpHeaders(), problems::add);
		return new PatternLogins(entries, headers, problems, warnings);
	}

	private static Optional<Entry> entry(String key, EntryFields value, List<String> problems) {
		String shown = Printable.withoutLogin(key);
		Optional<RegistryPattern> place = RegistryPattern.parse(key);
		if (place.isEmpty()) {
			problems.add("key '" + shown + "' names no registry; left out");
			return Optional.empty();
		}
		try {
			return Optional.of(new Entry(shown, place.get(), AuthEntryReader.read(value), Optional.empty()));
		}
		catch (MalformedEntryException ex) {
			String problem = "auths entry '" + shown + "' " + ex.getMessage();
			problems.add(problem + "; left out");
			return Optional.of(new Entry(shown, place.get(), Optional.empty(), Optional.of(problem)));
		}
	}

	@Override
	public String toString() {
		return "PatternLogins" + this.entries.stream().map(Entry::key).toList();
	}

}
