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
	 * @return the text, not empty
	 * @throws UnusablePartException if the file can't be read, or is empty
	 */
	default Secret read() {
		return switch (this) {
			case Text text -> text.value();
			case InFile file -> SecretFile.read(file);
		};
	}

}
