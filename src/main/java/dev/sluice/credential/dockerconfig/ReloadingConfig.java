package dev.sluice.credential.dockerconfig;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

import dev.sluice.credential.Credential;
import dev.sluice.credential.CredentialChangeListener;

/**
 * Keeps up with a Docker config file, one {@linkplain #look() look} at a time. What is in
 * force may be asked for by any thread; looks block, and are taken by one thread at a
 * time.
 */
final class ReloadingConfig {

	private static final int LOOKS_UNTIL_REMOVED = 2;

	private final DockerConfigParser parser = new DockerConfigParser();

	private final ConfigFile file;

	private final LoginLookup lookup;

	private final CredentialChangeListener listener;

	private volatile LoadedConfig current;

	private int looksInVain;

	ReloadingConfig(ConfigFile file, LoginLookup lookup, CredentialChangeListener listener) {
		this.file = file;
		this.lookup = lookup;
		this.listener = listener;
		this.current = new LoadedConfig(file.file(), DockerConfig.NONE, null);
	}

	LoadedConfig current() {
		return this.current;
	}

	/** Looks at the file, and takes over what has changed. Throws nothing. */
	void look() {
		try {
			take(this.file.read());
		}
		catch (RuntimeException ex) {
			ConfigLog.failed(this.file.file(), ex);
		}
	}

	private void take(ConfigFile.Reading reading) {
		boolean vain = reading instanceof ConfigFile.Reading.Absent || reading instanceof ConfigFile.Reading.Empty;
		this.looksInVain = vain ? this.looksInVain + 1 : 0;
		switch (reading) {
			case ConfigFile.Reading.Unchanged() -> {
			}
			case ConfigFile.Reading.Absent(), ConfigFile.Reading.Empty() -> removeIfGoneForLong();
			case ConfigFile.Reading.Unreadable(String cause) -> keep(cause);
			case ConfigFile.Reading.Content(byte[] bytes) -> parse(bytes);
		}
	}

	/**
	 * A single miss, or an empty file, may be the moment between two steps of writing it.
	 */
	private void removeIfGoneForLong() {
		LoadedConfig none = new LoadedConfig(this.file.file(), DockerConfig.NONE, null);
		if (this.looksInVain >= LOOKS_UNTIL_REMOVED && !this.current.equals(none)) {
			replace(none);
		}
	}

	private void parse(byte[] content) {
		try {
			replace(new LoadedConfig(this.file.file(), this.parser.parse(content), null));
		}
		catch (MalformedConfigException ex) {
			keep(String.valueOf(ex.getMessage()));
		}
	}

	private void keep(String cause) {
		LoadedConfig next = this.current.unusable(this.file.file(), cause);
		if (!Objects.equals(next.fileProblem(), this.current.fileProblem())) {
			ConfigLog.unusable(Objects.requireNonNull(next.fileProblem()));
		}
		this.current = next;
	}

	private void replace(LoadedConfig next) {
		Set<Credential> dropped = new HashSet<>(this.current.config().credentials());
		dropped.removeAll(next.config().credentials());
		this.current = next;
		ConfigLog.loaded(next.file(), next.config(), this.lookup.problems(next.config()));
		if (!dropped.isEmpty()) {
			this.listener.credentialsDropped(Set.copyOf(dropped));
		}
	}

}
