package dev.sluice.credential.kubernetes;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.sluice.credential.Candidate;
import dev.sluice.credential.Credential;
import dev.sluice.credential.CredentialChangeListener;
import dev.sluice.credential.given.UnusablePartException;
import dev.sluice.oci.RegistryName;
import dev.sluice.oci.RepositoryName;
import org.jspecify.annotations.Nullable;

/**
 * The secrets in force, by id. One that can't be used keeps what it gave before, and
 * harms no other. Of several logins that match, all are tried: the deepest repository
 * first, then an exact host before a pattern, then by the secrets' ids, then a kubelet's
 * order of keys; entries that should hold a login and don't come last, and say so.
 * Thread-safe; questions never wait.
 */
final class HeldSecrets {

	private final CredentialChangeListener listener;

	private volatile SortedMap<String, HeldSecret> held = Collections.emptySortedMap();

	HeldSecrets(CredentialChangeListener listener) {
		this.listener = listener;
	}

	/**
	 * A secret has this content. Says once what that brings.
	 * @param id the secret's id
	 * @param content all that is in it
	 */
	synchronized void take(String id, SecretContent content) {
		HeldSecret before = before(id, content.source());
		String fingerprint = content.fingerprint();
		if (fingerprint.equals(before.fingerprint())) {
			return;
		}
		try {
			PullSecret secret = SecretReader.read(content);
			SecretLog.read(content.source(), secret);
			put(id, new HeldSecret(content.source(), fingerprint, secret, null));
		}
		catch (UnusablePartException ex) {
			keep(id, before.unusable(fingerprint, String.valueOf(ex.getMessage())));
		}
	}

	/**
	 * A secret can't be read.
	 * @param id the secret's id
	 * @param source the secret in words
	 * @param cause why, as the rest of a sentence that begins with the secret and a colon
	 */
	synchronized void keep(String id, String source, String cause) {
		keep(id, before(id, source).unusable("", source + ": " + cause));
	}

	private void keep(String id, HeldSecret unusable) {
		if (!Objects.equals(unusable.problem(), before(id, unusable.source()).problem())) {
			SecretLog.warn(unusable.problem());
		}
		put(id, unusable);
	}

	/**
	 * A secret is no more.
	 * @param id the secret's id
	 */
	synchronized void remove(String id) {
		HeldSecret gone = this.held.get(id);
		if (gone != null) {
			SecretLog.gone(gone.source());
			SortedMap<String, HeldSecret> next = new TreeMap<>(this.held);
			next.remove(id);
			replace(next);
		}
	}

	private HeldSecret before(String id, String source) {
		HeldSecret before = this.held.get(id);
		return (before != null) ? before : new HeldSecret(source, "", PullSecret.NONE, null);
	}

	private void put(String id, HeldSecret secret) {
		SortedMap<String, HeldSecret> next = new TreeMap<>(this.held);
		next.put(id, secret);
		replace(next);
	}

	private void replace(SortedMap<String, HeldSecret> next) {
		Set<Credential> dropped = new HashSet<>(credentials(this.held.values()));
		dropped.removeAll(credentials(next.values()));
		this.held = Collections.unmodifiableSortedMap(next);
		if (!dropped.isEmpty()) {
			this.listener.credentialsDropped(Set.copyOf(dropped));
		}
	}

	private static Set<Credential> credentials(Collection<HeldSecret> secrets) {
		return secrets.stream()
			.flatMap((held) -> held.secret().credentials().stream())
			.collect(Collectors.toUnmodifiableSet());
	}

	Set<String> ids() {
		return this.held.keySet();
	}

	List<Candidate> candidates(RegistryName host, @Nullable RepositoryName repository) {
		Collection<HeldSecret> secrets = this.held.values();
		Stream<Candidate> usable = secrets.stream()
			.flatMap((held) -> held.secret().logins().stream())
			.filter((login) -> login.covers(host, repository))
			.sorted(PullLogin.MOST_SPECIFIC_FIRST)
			.map(PullLogin::candidate);
		Stream<Candidate> unusable = secrets.stream()
			.flatMap((held) -> held.secret().unusable().stream())
			.filter((entry) -> entry.covers(host, repository))
			.map(UnusableEntry::candidate);
		return Stream.concat(usable, unusable).toList();
	}

	Set<RegistryName> registryNames() {
		return this.held.values()
			.stream()
			.flatMap((held) -> held.secret().registryNames().stream())
			.collect(Collectors.toUnmodifiableSet());
	}

	List<String> problems() {
		return this.held.values().stream().flatMap((held) -> held.problems().stream()).toList();
	}

}
