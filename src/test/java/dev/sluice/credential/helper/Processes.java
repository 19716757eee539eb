package dev.sluice.credential.helper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The processes whose ids a script wrote down. */
final class Processes {

	private Processes() {
	}

	static List<ProcessHandle> of(Path file) {
		try {
			return Files.exists(file) ? Files.readAllLines(file)
				.stream()
				.flatMap((id) -> ProcessHandle.of(Long.parseLong(id)).stream())
				.toList() : List.of();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
