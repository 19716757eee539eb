package dev.sluice.credential.helper;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.sluice.json.FieldNames;
import dev.sluice.json.JsonCursor;
import dev.sluice.json.JsonCursor.Tolerance;
import dev.sluice.json.NotJsonException;

/**
 * A helper's answer as it was written: one JSON object with {@code Username} and
 * {@code Secret}, in any case, as Docker's own reader takes it; what follows it doesn't
 * matter. Immutable; printing one shows no secret.
 */
final class AnswerText {

	private static final String USERNAME = "Username";

	private static final String SECRET = "Secret";

	private static final FieldNames NAMES = new FieldNames(Set.of(USERNAME, SECRET));

	private final Map<String, String> texts = new HashMap<>();

	private AnswerText(JsonCursor object) {
		object.each((name, value) -> NAMES.meant(name).ifPresent((known) -> add(known, value)));
	}

	private void add(String name, JsonCursor value) {
		if (!value.isNull()) {
			value.text().ifPresentOrElse((text) -> this.texts.put(name, text), () -> this.texts.remove(name));
		}
	}

	/**
	 * Reads one.
	 * @param stdout what a helper wrote, 64 KiB at most
	 * @return the answer, or empty if that is none
	 */
	static Optional<AnswerText> read(String stdout) {
		try {
			return Optional.of(JsonCursor.read(stdout, Tolerance.WHAT_FOLLOWS, AnswerText::new))
				.filter((answer) -> answer.texts.size() == 2);
		}
		catch (NotJsonException ex) {
			return Optional.empty();
		}
	}

	String username() {
		return this.texts.getOrDefault(USERNAME, "");
	}

	String secret() {
		return this.texts.getOrDefault(SECRET, "");
	}

}
