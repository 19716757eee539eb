package dev.sluice.credential.given;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import dev.sluice.credential.Candidate;
import dev.sluice.credential.CredentialChangeListener;
import dev.sluice.credential.CredentialSource;
import dev.sluice.credential.Login;
import dev.sluice.credential.RegistryPattern;
import dev.sluice.credential.SourceState;
import dev.sluice.oci.RegistryName;
import dev.sluice.oci.RepositoryName;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Credentials given in parts. What is in files is read when this is made, and each second
 * again, on a virtual thread; while a file can't be read, what was last read stays in
 * force and {@link #state()} says so. Of several that match, the one for the deepest
 * repository answers, then an exact host before a pattern, then the first. Never fails a
 * look-up. Thread-safe.
 */
public final class GivenCredentials implements CredentialSource, AutoCloseable {

	private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

	private static final Comparator<GivenLogin> MOST_SPECIFIC_FIRST = Comparator.comparing(GivenLogin::place,
			Comparator.nullsLast(RegistryPattern.MOST_SPECIFIC_FIRST));

	private final String name;

	private final List<LiveLogin> logins;

	private final Optional<ScheduledExecutorService> scheduler;

	/**
	 * Reads all files and begins to watch them.
	 * @param name the source in words
	 * @param logins the credentials, in order
	 * @param listener told of credentials that were changed
	 * @throws UnusablePartException if one of them can't be read
	 */
	public GivenCredentials(String name, List<GivenLogin> logins, CredentialChangeListener listener) {
		this.name = name;
		this.logins = logins.stream()
			.sorted(MOST_SPECIFIC_FIRST)
			.map((given) -> new LiveLogin(given, listener))
			.toList();
		List<LiveLogin> inFiles = this.logins.stream().filter((live) -> live.given().hasFiles()).toList();
		this.scheduler = inFiles.isEmpty() ? Optional.empty() : Optional.of(watch(inFiles));
	}

	private static ScheduledExecutorService watch(List<LiveLogin> logins) {
		ScheduledExecutorService scheduler = Executors
			.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("secret-files").factory());
		scheduler.scheduleWithFixedDelay(() -> logins.forEach(LiveLogin::look), LOOK_EVERY.toMillis(),
				LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
		return scheduler;
	}

	@Override
	public List<Candidate> candidates(RegistryName host, @Nullable RepositoryName repository) {
		Mono<Login> login = Mono.fromSupplier(() -> match(host, repository))
			.mapNotNull((match) -> match.map(LiveLogin::login).orElse(null));
		int depth = match(host, repository).map((live) -> live.given().depth()).orElse(0);
		return List.of(new Candidate(depth, login));
	}

	private Optional<LiveLogin> match(RegistryName host, @Nullable RepositoryName repository) {
		return this.logins.stream().filter((live) -> covers(live.given().place(), host, repository)).findFirst();
	}

	private static boolean covers(@Nullable RegistryPattern place, RegistryName host,
			@Nullable RepositoryName repository) {
		return place == null || place.covers(host, repository);
	}

	@Override
	public Set<RegistryName> registryNames() {
		return this.logins.stream()
			.map((live) -> live.given().place())
			.filter(Objects::nonNull)
			.flatMap((place) -> place.registry().stream())
			.collect(Collectors.toUnmodifiableSet());
	}

	@Override
	public SourceState state() {
		List<String> problems = this.logins.stream().flatMap((live) -> live.problem().stream()).toList();
		return new SourceState(this.name, this.logins.size(), problems);
	}

	/** Stops watching; what was last read stays in force. */
	@Override
	public void close() {
		this.scheduler.ifPresent(ScheduledExecutorService::shutdown);
	}

}
