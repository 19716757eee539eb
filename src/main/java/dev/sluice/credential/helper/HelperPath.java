package dev.sluice.credential.helper;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where helpers are looked for. Immutable; blocking, since it looks at the disk. Relative
 * directories don't count: what they mean depends on where Sluice was started.
 *
 * @param value directories as in {@code PATH}; helpers are run with it
 */
record HelperPath(String value) {

	static final String PREFIX = "docker-credential-";

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

	/**
	 * Finds a helper's program.
	 * @param helper the helper's name
	 * @return the program, or empty if there is none that may be run
	 */
	Optional<Path> find(String helper) {
		return isName(helper) ? directories().map((directory) -> directory.resolve(PREFIX + helper))
			.filter((program) -> Files.isRegularFile(program) && Files.isExecutable(program))
			.findFirst() : Optional.empty();
	}

	/**
	 * Why a helper can't be run.
	 * @param helper the helper's name
	 * @return the reason, as the rest of a sentence that begins with the program's name,
	 * or empty if it can be run
	 */
	Optional<String> obstacle(String helper) {
		if (!isName(helper)) {
			return Optional.of("is no name that a helper can have (letters, digits, '-', '_' and '.')");
		}
		return find(helper).isPresent() ? Optional.empty() : Optional.of("isn't on the PATH of Sluice");
	}

	private static boolean isName(String helper) {
		return NAME.matcher(helper).matches();
	}

	private Stream<Path> directories() {
		return Stream.of(this.value.split(File.pathSeparator)).flatMap(HelperPath::absolute);
	}

	private static Stream<Path> absolute(String directory) {
		try {
			return Stream.of(Path.of(directory)).filter(Path::isAbsolute);
		}
		catch (InvalidPathException ex) {
			return Stream.empty();
		}
	}

}
