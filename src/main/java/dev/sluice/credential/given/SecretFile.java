package dev.sluice.credential.given;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;

import dev.sluice.credential.Secret;

/**
 * A file that holds one {@linkplain SecretText secret} and nothing else. Blocking.
 */
final class SecretFile {

	private SecretFile() {
	}

	static Secret read(Part.InFile file) {
		return SecretText.read(file.name(), file.path().toString(), bytes(file));
	}

	private static byte[] bytes(Part.InFile file) {
		try {
			if (!Files.isRegularFile(file.path()) && Files.exists(file.path())) {
				throw new UnusablePartException(file.name(), file.path() + " is no regular file");
			}
			try (InputStream input = Files.newInputStream(file.path())) {
				return input.readNBytes(SecretText.SIZE_LIMIT + 1);
			}
		}
		catch (IOException ex) {
			throw new UnusablePartException(file.name(), file.path() + " can't be read (" + cause(ex) + ")");
		}
	}

	private static String cause(IOException exception) {
		return switch (exception) {
			case NoSuchFileException _ -> "there is no such file";
			case AccessDeniedException _ -> "permission denied";
			default -> exception.getClass().getSimpleName();
		};
	}

}
