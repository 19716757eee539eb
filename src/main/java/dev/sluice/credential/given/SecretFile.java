package dev.sluice.credential.given;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;

import dev.sluice.credential.Secret;

/**
 * A file that holds one secret and nothing else: UTF-8, 64 KiB at most, the line's end
 * that editors put there left out. Blocking.
 */
final class SecretFile {

	private static final int SIZE_LIMIT = 64 * 1024;

	private SecretFile() {
	}

	static Secret read(Part.InFile file) {
		byte[] bytes = bytes(file);
		if (bytes.length > SIZE_LIMIT) {
			throw new UnusablePartException(file.name(), file.path() + " is larger than 64 KiB");
		}
		String text = text(file, bytes).replaceFirst("[\\r\\n]+$", "");
		if (text.isBlank()) {
			throw new UnusablePartException(file.name(), file.path() + " is empty");
		}
		return new Secret(text);
	}

	private static byte[] bytes(Part.InFile file) {
		try {
			if (!Files.isRegularFile(file.path()) && Files.exists(file.path())) {
				throw new UnusablePartException(file.name(), file.path() + " is no regular file");
			}
			try (InputStream input = Files.newInputStream(file.path())) {
				return input.readNBytes(SIZE_LIMIT + 1);
			}
		}
		catch (IOException ex) {
			throw new UnusablePartException(file.name(), file.path() + " can't be read (" + cause(ex) + ")");
		}
	}

	private static String text(Part.InFile file, byte[] bytes) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
		}
		catch (CharacterCodingException ex) {
			throw new UnusablePartException(file.name(), file.path() + " is no UTF-8 text");
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
