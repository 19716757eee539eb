package dev.sluice.credential.kubernetes;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.sluice.credential.Credential;
import dev.sluice.credential.Login;
import dev.sluice.oci.RegistryName;

/**
 * What a secret of Kubernetes gives. Immutable; printing one shows no secret.
 *
 * @param logins its logins, in the order in which a kubelet would try them
 * @param unusable the entries that should hold one, and don't
 * @param keys what it names, as it was written, entries without a login included
 * @param registryNames the exact hosts among them: a pattern lists nothing
 * @param problems what of it can't be used, one sentence each
 * @param warnings what was accepted all the same, one sentence each
 */
record PullSecret(List<PullLogin> logins, List<UnusableEntry> unusable, List<String> keys,
		Set<RegistryName> registryNames, List<String> problems, List<String> warnings) {

	static final PullSecret NONE = new PullSecret(List.of(), List.of(), List.of(), Set.of(), List.of(), List.of());

	PullSecret {
		logins = List.copyOf(logins);
		unusable = List.copyOf(unusable);
		keys = List.copyOf(keys);
		registryNames = Set.copyOf(registryNames);
		problems = List.copyOf(problems);
		warnings = List.copyOf(warnings);
	}

	Set<Credential> credentials() {
		return this.logins.stream()
			.map(PullLogin::login)
			.map(Login::credential)
			.collect(Collectors.toUnmodifiableSet());
	}

}
