package dev.sluice.store.disk;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;

/**
 * In which ways a disk fails, and what an operator does then.
 */
public enum DiskFault {

	/** No block, no inode or no quota is left. */
	FULL("make room there, or give the store less (sluice.store.max-size)"),

	/** Nothing may be written: the kernel does that to a file system with errors. */
	READ_ONLY("mount it writable; if the kernel made it read-only, its log says why"),

	/** The directory, or one in it, is gone. */
	GONE("something else deletes there: restart Sluice to make the store anew"),

	/** The permissions have changed. */
	DENIED("let the user that Sluice runs as write there"),

	/** The process may open no more files. */
	FILES("raise the limit of open files (ulimit -n)"),

	/** Anything else. */
	IO("look at the disk; the kernel's log may say more");

	private final String advice;

	DiskFault(String advice) {
		this.advice = advice;
	}

	/**
	 * What to do about it.
	 * @return the end of a sentence
	 */
	public String advice() {
		return this.advice;
	}

	/**
	 * In which way it failed, as far as the system's words tell: Java has types for few
	 * of them.
	 */
	static DiskFault of(IOException failure) {
		if (failure instanceof NoSuchFileException) {
			return GONE;
		}
		if (failure instanceof AccessDeniedException) {
			return DENIED;
		}
		String said = reason(failure).toLowerCase(Locale.ROOT);
		if (said.contains("no space left") || said.contains("quota exceeded") || said.contains("not enough space")) {
			return FULL;
		}
		if (said.contains("read-only file system")) {
			return READ_ONLY;
		}
		return said.contains("too many open files") ? FILES : IO;
	}

	/** The name of the exception says what the system's words often don't. */
	static String reason(IOException failure) {
		String kind = failure.getClass().getSimpleName().replace("Exception", "");
		String said = (failure instanceof FileSystemException of) ? of.getReason() : failure.getMessage();
		return (said != null) ? kind + " (" + said + ")" : kind;
	}

}
