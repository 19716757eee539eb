package dev.sluice.upstream;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.sluice.credential.Candidate;
import dev.sluice.credential.Credential;
import dev.sluice.credential.CredentialSource;
import dev.sluice.credential.Login;
import dev.sluice.credential.SourceState;
import dev.sluice.oci.RegistryName;
import dev.sluice.oci.RepositoryName;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A credential source that has what it is given, for every registry, and hears of what
 * was rejected.
 *
 * @param candidates what it has
 * @param rejections what it was told of
 */
record Kept(List<Candidate> candidates, List<Credential> rejections) implements CredentialSource {

	/** One login for all of a registry. */
	static Kept of(Login login) {
		return of(0, Mono.just(login));
	}

	/** One login as deep as this, once it is looked up. */
	static Kept of(int depth, Mono<Login> login) {
		return new Kept(List.of(new Candidate(depth, login)), new CopyOnWriteArrayList<>());
	}

	@Override
	public List<Candidate> candidates(RegistryName host, @Nullable RepositoryName repository) {
		return this.candidates;
	}

	@Override
	public Set<RegistryName> registryNames() {
		return Set.of();
	}

	@Override
	public void rejected(Credential credential) {
		this.rejections.add(credential);
	}

	@Override
	public SourceState state() {
		return new SourceState("kept", this.candidates.size(), List.of());
	}

}
