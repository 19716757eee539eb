package dev.sluice.credential.given;

import java.nio.file.Path;

import dev.sluice.credential.Secret;

/**
 * One part of a credential, by what gave it. Immutable; printing one shows no secret.
 */
public sealed interface Part {

	/**
	 * What gave it, for messages.
	 * @return the name of a variable or of a property
	 */
	String name();

	/**
	 * A text.
	 *
	 * @param name the name of a variable or of a property
	 * @param value the text
	 */
	record Text(String name, Secret value) implements Part {
	}

	/**
	 * A file that holds the text.
	 *
	 * @param name the name of a variable or of a property
	 * @param path the file
	 */
	record InFile(String name, Path path) implements Part {
	}

	/**
	 * The text now. Blocks if it is in a file.
	 * @return the text, not blank, without the end of its line
	 * @throws UnusablePartException if it is empty, or the file can't be read
	 */
	default Secret read() {
		return switch (this) {
			case Text text -> SecretText.of(text.name(), "it", text.value().reveal());
			case InFile file -> SecretFile.read(file);
		};
	}

}
