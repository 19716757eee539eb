package dev.sluice.credential.dockerconfig;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.sluice.json.FieldNames;
import dev.sluice.json.JsonCursor;

/**
 * A Docker configuration, section by section, as it was written. Takes today's layout and
 * that of {@code .dockercfg}, which Docker wrote before 1.7 and Kubernetes still has as
 * {@code kubernetes.io/dockercfg}: what is now the value of {@code auths} is the whole
 * file. Not thread-safe; for one file.
 */
final class ConfigSections {

	private static final String AUTHS = "auths";

	private static final String HELPERS = "credHelpers";

	private static final String STORE = "credsStore";

	private static final String HEADERS = "HttpHeaders";

	private static final FieldNames NAMES = new FieldNames(Set.of(AUTHS, HELPERS, STORE, HEADERS));

	private final List<String> problems = new ArrayList<>();

	private final Section<EntryFields> auths = new Section<>(AUTHS, EntryFields::read);

	private final Section<Optional<String>> helpers = new Section<>(HELPERS, JsonCursor::text);

	private final Section<Optional<String>> headers = new Section<>(HEADERS, JsonCursor::text);

	/** What would be {@code auths} in a {@code .dockercfg}. */
	private final Section<EntryFields> others = new Section<>(AUTHS, EntryFields::read);

	private String store = "";

	private boolean modern;

	private ConfigSections() {
	}

	/**
	 * Reads a file.
	 * @param file the file's object
	 * @return what it says
	 */
	static ConfigSections read(JsonCursor file) {
		ConfigSections sections = new ConfigSections();
		file.each(sections::field);
		return sections;
	}

	private void field(String name, JsonCursor value) {
		NAMES.meant(name).ifPresentOrElse((known) -> section(known, value), () -> this.others.add(name, value));
	}

	private void section(String name, JsonCursor value) {
		this.modern = this.modern || !name.equals(HEADERS);
		switch (name) {
			case AUTHS -> this.auths.read(value, this.problems::add);
			case HELPERS -> this.helpers.read(value, this.problems::add);
			case HEADERS -> this.headers.read(value, this.problems::add);
			default -> store(value);
		}
	}

	private void store(JsonCursor value) {
		if (value.isNull()) {
			return;
		}
		this.store = value.text().orElse("");
		if (value.text().isEmpty()) {
			this.problems.add("the file has a value of '" + STORE + "' that is no text; left out");
		}
	}

	/** What of it can't be used, one sentence each. */
	List<String> problems() {
		return Collections.unmodifiableList(this.problems);
	}

	/** The entries of {@code auths}, by key. */
	Map<String, EntryFields> auths() {
		boolean legacy = !this.modern && this.others.entries().values().stream().anyMatch(EntryFields::isLogin);
		return legacy ? this.others.entries() : this.auths.entries();
	}

	/** The names of helpers by registry, empty for what is no text. */
	Map<String, Optional<String>> credHelpers() {
		return this.helpers.entries();
	}

	/** The name of the helper for all others, perhaps empty. */
	String credsStore() {
		return this.store;
	}

	/** The values of headers by name, empty for what is no text. */
	Map<String, Optional<String>> httpHeaders() {
		return this.headers.entries();
	}

}
