package dev.sluice.credential.kubernetes;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.sluice.credential.Candidate;
import dev.sluice.credential.CredentialChangeListener;
import dev.sluice.credential.CredentialSource;
import dev.sluice.credential.SourceState;
import dev.sluice.credential.dockerconfig.ReadFault;
import dev.sluice.oci.RegistryName;
import dev.sluice.oci.RepositoryName;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of Kubernetes that are mounted in a directory, which is one itself or holds
 * a subdirectory for each. Looked at when this is made, and every second from then on, on
 * a virtual thread of its own: secrets, and the directory, may come, change and go. What
 * two looks in a row have shown counts, so that nothing half written does. A secret that
 * can't be used keeps what it gave before; {@link #state()} says so. A look-up fails only
 * where an entry can't be used. Thread-safe.
 */
public final class MountedSecrets implements CredentialSource, AutoCloseable {

	private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

	private static final SecretReading ABSENT = new SecretReading.Absent();

	private final SecretDirectory directory;

	private final HeldSecrets held;

	private final Map<String, String> lastSeen = new HashMap<>();

	private final ScheduledExecutorService scheduler = Executors
		.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("kubernetes-secrets").factory());

	private volatile @Nullable String problem;

	/**
	 * Reads all secrets and begins to watch them.
	 * @param path the directory
	 * @param listener told of credentials that were changed or removed
	 */
	public MountedSecrets(Path path, CredentialChangeListener listener) {
		this.directory = new SecretDirectory(path);
		this.held = new HeldSecrets(listener);
		readAll().ifPresent((seen) -> seen.forEach(this::take));
		this.scheduler.scheduleWithFixedDelay(this::look, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(),
				TimeUnit.MILLISECONDS);
	}

	/** Looks at all secrets, and takes over what has changed. Throws nothing. */
	private void look() {
		try {
			readAll().ifPresent(this::takeSettled);
		}
		catch (RuntimeException ex) {
			SecretLog.failed(source(), ex);
		}
	}

	private void takeSettled(Map<String, SecretReading> seen) {
		Set<String> ids = new TreeSet<>(this.held.ids());
		ids.addAll(seen.keySet());
		ids.forEach((id) -> takeIfSettled(id, seen.getOrDefault(id, ABSENT)));
		this.lastSeen.keySet().retainAll(ids);
	}

	private void takeIfSettled(String id, SecretReading reading) {
		if (reading.fingerprint().equals(this.lastSeen.put(id, reading.fingerprint()))) {
			take(id, reading);
		}
	}

	private void take(String id, SecretReading reading) {
		switch (reading) {
			case SecretReading.Absent() -> this.held.remove(id);
			case SecretReading.Found(SecretContent content) -> this.held.take(id, content);
			case SecretReading.Unreadable(String source, String cause) -> this.held.keep(id, source, cause);
		}
	}

	/** All secrets, none if there is no directory; empty if it can't be read. */
	private Optional<Map<String, SecretReading>> readAll() {
		try {
			Map<String, SecretReading> seen = this.directory.read();
			this.problem = null;
			return Optional.of(seen);
		}
		catch (NoSuchFileException ex) {
			tell("doesn't exist; it is used once it does");
			return Optional.of(Map.of());
		}
		catch (NotDirectoryException ex) {
			tell("is no directory");
		}
		catch (IOException ex) {
			tell("can't be read (" + ReadFault.cause(this.directory.path(), ex) + ")");
		}
		return Optional.empty();
	}

	private void tell(String cause) {
		String told = "the directory " + this.directory.path() + " of kubernetes secrets " + cause;
		if (!told.equals(this.problem)) {
			SecretLog.warn(told);
		}
		this.problem = told;
	}

	@Override
	public List<Candidate> candidates(RegistryName host, @Nullable RepositoryName repository) {
		return this.held.candidates(host, repository);
	}

	@Override
	public Set<RegistryName> registryNames() {
		return this.held.registryNames();
	}

	@Override
	public SourceState state() {
		List<String> problems = Stream.concat(Stream.ofNullable(this.problem), this.held.problems().stream()).toList();
		return new SourceState(source(), registryNames().size(), problems);
	}

	private String source() {
		return "kubernetes secrets in " + this.directory.path();
	}

	/** Stops watching; what was last read stays in force. */
	@Override
	public void close() {
		this.scheduler.shutdown();
	}

}
