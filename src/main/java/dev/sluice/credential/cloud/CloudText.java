package dev.sluice.credential.cloud;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

import dev.sluice.credential.CredentialText;
import dev.sluice.credential.given.Part;
import dev.sluice.credential.given.UnusablePartException;

/**
 * Decides what a variable, a file or an answer may hold that tells a cloud who we are: it
 * is one line, for it goes into headers, forms and signatures.
 */
public final class CloudText {

	private CloudText() {
	}

	/**
	 * Takes a text.
	 * @param holder what holds it, for messages
	 * @param text the text
	 * @return it without blanks around it, perhaps empty
	 * @throws CloudException if it holds a control character
	 */
	public static String line(String holder, String text) {
		String line = text.strip();
		CredentialText.controlCharacter(line).ifPresent((character) -> {
			throw new CloudException(holder + " holds a control character (" + character + ") before its end");
		});
		return line;
	}

	/**
	 * A URL to which a path is to be added.
	 * @param url the URL
	 * @return it without slashes at its end
	 */
	public static String withoutSlashes(String url) {
		int end = url.length();
		while (end > 0 && url.charAt(end - 1) == '/') {
			end--;
		}
		return url.substring(0, end);
	}

	/**
	 * Reads a file that holds one token. Blocks.
	 * @param variable the variable that names it
	 * @param file the file, 64 KiB at most
	 * @return its text
	 * @throws CloudException if it can't be read, is empty, or holds more than a line
	 */
	public static String file(String variable, String file) {
		try {
			return line(variable + " names " + file + ", which",
					new Part.InFile(variable, Path.of(file)).read().reveal());
		}
		catch (InvalidPathException ex) {
			throw new CloudException(variable + " names no file");
		}
		catch (UnusablePartException ex) {
			throw new CloudException(String.valueOf(ex.getMessage()));
		}
	}

}
