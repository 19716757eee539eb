package dev.sluice.credential.dockerconfig;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.sluice.json.FieldNames;
import dev.sluice.json.JsonCursor;

/**
 * The fields of one entry of {@code auths} that count; {@code null} counts as absent.
 * Immutable. Errors name the field and what it should be, never what it is.
 */
final class EntryFields {

	private static final FieldNames NAMES = new FieldNames(
			Set.of("auth", "username", "password", "identitytoken", "registrytoken", "email"));

	private final boolean usable;

	/** Empty for what is no text. */
	private final Map<String, Optional<String>> values = new HashMap<>();

	private boolean login;

	private EntryFields(JsonCursor entry) {
		this.usable = entry.isObject() || entry.isNull();
		if (entry.isObject()) {
			entry.each((name, value) -> NAMES.meant(name).ifPresent((known) -> add(known, value)));
		}
	}

	/**
	 * Reads an entry.
	 * @param entry the entry, of whatever kind
	 * @return its fields
	 */
	static EntryFields read(JsonCursor entry) {
		return new EntryFields(entry);
	}

	private void add(String name, JsonCursor value) {
		this.login = true;
		if (!value.isNull()) {
			this.values.put(name, value.text());
		}
	}

	/** Whether it looks like a login, whatever it is worth. */
	boolean isLogin() {
		return this.login;
	}

	/**
	 * A field that holds a text.
	 * @param name the field's name
	 * @return the text, or empty if the field is absent
	 * @throws MalformedEntryException if it is no text or not all of it is, or the entry
	 * no object
	 */
	Optional<String> text(String name) throws MalformedEntryException {
		if (!this.usable) {
			throw new MalformedEntryException("is no JSON object");
		}
		Optional<String> value = this.values.get(name);
		if (value != null && value.isEmpty()) {
			throw new MalformedEntryException("has a value of '" + name + "' that is no text");
		}
		if (value != null && value.get().indexOf(ConfigText.REPLACEMENT) >= 0) {
			throw new MalformedEntryException("has a value of '" + name + "' that is no UTF-8 text");
		}
		return (value != null) ? value : Optional.empty();
	}

}
