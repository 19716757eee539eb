package dev.sluice.credential.dockerconfig;

/**
 * A Docker config that can't be used at all. The message is the rest of a sentence that
 * begins with the file's name, and never quotes what the file holds.
 */
public final class MalformedConfigException extends Exception {

	MalformedConfigException(String message) {
		super(message);
	}

}
