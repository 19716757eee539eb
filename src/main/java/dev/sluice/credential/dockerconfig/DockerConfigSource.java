package dev.sluice.credential.dockerconfig;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import dev.sluice.credential.Candidate;
import dev.sluice.credential.Credential;
import dev.sluice.credential.CredentialChangeListener;
import dev.sluice.credential.CredentialSource;
import dev.sluice.credential.Login;
import dev.sluice.credential.SourceState;
import dev.sluice.credential.helper.CredentialHelpers;
import dev.sluice.oci.RegistryName;
import dev.sluice.oci.RepositoryName;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The credentials of one Docker {@code config.json}, read when this is made and again
 * within five seconds of a change, on a virtual thread of its own. A file that doesn't
 * exist is fine, and may come later. While it is unreadable or malformed, what was last
 * read stays in force and {@link #state()} says so; it counts as removed only after two
 * looks have missed it. A look-up fails only where a credential helper does, or an entry
 * can't be used. Thread-safe.
 * <p>
 * {@code HttpHeaders} go along with the credentials of the same file; a registry for
 * which it holds none gets none of its headers either.
 */
public final class DockerConfigSource implements CredentialSource, AutoCloseable {

	private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

	private final LoginLookup lookup;

	private final ReloadingConfig config;

	private final ScheduledExecutorService scheduler = Executors
		.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("docker-config").factory());

	/**
	 * Reads the file and begins to watch it.
	 * @param path the file, or the directory that holds it as {@code config.json}
	 * @param helpers the credential helpers that it may name
	 * @param clock the time
	 * @param listener told of credentials that were changed or removed
	 */
	public DockerConfigSource(Path path, CredentialHelpers helpers, InstantSource clock,
			CredentialChangeListener listener) {
		this.lookup = new LoginLookup(helpers);
		this.config = new ReloadingConfig(new ConfigFile(path, clock), this.lookup, listener);
		this.config.look();
		this.scheduler.scheduleWithFixedDelay(this.config::look, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(),
				TimeUnit.MILLISECONDS);
	}

	@Override
	public List<Candidate> candidates(RegistryName host, @Nullable RepositoryName repository) {
		return List.of(new Candidate(this.config.current().config().depth(host, repository), login(host, repository)));
	}

	private Mono<Login> login(RegistryName host, @Nullable RepositoryName repository) {
		return Mono.fromSupplier(this.config::current)
			.flatMap((current) -> this.lookup.find(current.config(), current.source(), host, repository));
	}

	@Override
	public Set<RegistryName> registryNames() {
		return this.config.current().config().registryNames();
	}

	@Override
	public void rejected(Credential credential) {
		this.lookup.rejected(credential);
	}

	@Override
	public SourceState state() {
		return this.config.current().state(this.lookup);
	}

	/** Stops watching the file; what was last read stays in force. */
	@Override
	public void close() {
		this.scheduler.shutdown();
	}

}
