package dev.sluice;

/**
 * A file of settings can't be used: its message is one line that names the file and the
 * reason, and never says what stands in it.
 */
final class SettingsFileException extends InvalidSettingException {

	SettingsFileException(String problem) {
		super(problem);
	}

}
