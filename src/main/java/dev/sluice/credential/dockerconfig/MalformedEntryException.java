package dev.sluice.credential.dockerconfig;

/**
 * One entry of a Docker config that can't be used. The message is the rest of a sentence
 * that begins with the entry's key, and never quotes what the entry holds.
 */
final class MalformedEntryException extends Exception {

	MalformedEntryException(String message) {
		super(message);
	}

}
