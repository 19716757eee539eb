package dev.sluice.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * A credential helper as a shell script, which notes each run.
 *
 * @param directory where it is
 * @param name its name, without {@code docker-credential-}
 */
public record HelperScript(Path directory, String name) {

	/**
	 * Writes a helper, in place of the one of that name.
	 * @param directory where
	 * @param name its name, without {@code docker-credential-}
	 * @param body what it does, once it has read the server's address into
	 * {@code $server}
	 * @return the helper
	 */
	public static HelperScript write(Path directory, String name, String body) {
		HelperScript script = new HelperScript(directory, name);
		try {
			Path next = Files.writeString(directory.resolve("next"), """
					#!/bin/sh
					server=$(cat)
					echo "$1 $server" >> '%s'
					%s
					""".formatted(script.notes(), body));
			Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rwx------"));
			Files.deleteIfExists(script.program());
			Files.move(next, script.program());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return script;
	}

	/**
	 * Writes a helper that has a login.
	 * @param directory where
	 * @param name its name, without {@code docker-credential-}
	 * @param username the user name
	 * @param secret the secret
	 * @return the helper
	 */
	public static HelperScript giving(Path directory, String name, String username, String secret) {
		return write(directory, name,
				"printf '{\"ServerURL\":\"%%s\",\"Username\":\"%s\",\"Secret\":\"%s\"}\\n' \"$server\""
					.formatted(username, secret));
	}

	/**
	 * A {@code PATH} on which the helpers of a directory are.
	 * @param directory the directory
	 * @return it and where a shell's commands are
	 */
	public static String path(Path directory) {
		return directory + ":/usr/bin:/bin";
	}

	/**
	 * Its runs so far.
	 * @return of each its argument and what was on its standard input
	 */
	public List<String> runs() {
		try {
			return Files.exists(notes()) ? Files.readAllLines(notes()) : List.of();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Path program() {
		return this.directory.resolve("docker-credential-" + this.name);
	}

	private Path notes() {
		return this.directory.resolve("runs-of-" + this.name);
	}

}
