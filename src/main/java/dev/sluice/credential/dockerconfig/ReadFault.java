package dev.sluice.credential.dockerconfig;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/**
 * Says why a file can't be read.
 */
public final class ReadFault {

	private ReadFault() {
	}

	/**
	 * Puts it in words. Blocking.
	 * @param file the file or directory
	 * @param exception what reading it threw
	 * @return a few words without the file's name, but for one whose permissions deny
	 * access
	 */
	public static String cause(Path file, IOException exception) {
		if (exception instanceof AccessDeniedException) {
			return "permission denied" + FileOwner.denying(file).map((owner) -> ": " + owner).orElse("");
		}
		if (exception instanceof FileSystemException failure && failure.getReason() != null) {
			return failure.getReason();
		}
		return exception.getClass().getSimpleName();
	}

}
