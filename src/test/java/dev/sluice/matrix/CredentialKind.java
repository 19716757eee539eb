package dev.sluice.matrix;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.sluice.testing.RecordingServer;
import dev.sluice.testing.registries.Condition;
import dev.sluice.testing.registries.Form;
import dev.sluice.testing.registries.Offer;
import dev.sluice.testing.registries.Personality;

/**
 * A way in which people keep credentials. Immutable.
 */
interface CredentialKind {

	/** What it is called in the matrix. */
	String title();

	/** What the credential is made of, for this registry. */
	Form form(Personality personality);

	/** What is kept for this registry, or why nothing is. */
	default Offer offer(Personality personality) {
		return personality.offer(form(personality));
	}

	/**
	 * Keeps all of these.
	 * @param directory an empty directory for files
	 * @param entries what is to be kept
	 * @return how Sluice is started then
	 */
	Setup setUp(Path directory, List<Entry> entries) throws IOException;

	/** In which conditions it is tried. */
	default List<Condition> conditions() {
		return List.of(Condition.values());
	}

	/** How messages name the source of what is kept here. */
	String source(Entry entry);

	/**
	 * How Sluice is started.
	 *
	 * @param environment its environment variables
	 * @param properties {@code key=value} pairs
	 * @param servers what Sluice asks meanwhile
	 */
	record Setup(Map<String, String> environment, List<String> properties, List<RecordingServer> servers) {

		Setup(Map<String, String> environment, List<String> properties) {
			this(environment, properties, List.of());
		}

	}

}
